-- Everybody whom the six find, written down, by hand: one pass for each, as a run for one matter makes it.
insert into bench.found (rule, person_id, fen)
select 'longevity', person_id,
  case when born_on <= '1926-10-01' then 30000 when born_on <= '1936-10-01' then 20000 when born_on <= '1946-10-01' then 10000 else 3000 end
from outreach.person where born_on <= '1957-01-01' and hukou_area >= '4401' and hukou_area < '4402' and not 'longevity-allowance' = any(receives)
union all
select 'senior_card', person_id, null from outreach.person
where born_on <= '1966-10-01' and (hukou_area >= '4401' and hukou_area < '4402' or dwelling_area >= '4401' and dwelling_area < '4402')
  and not 'senior-card' = any(receives)
union all
select 'living_guarantee', person_id, 120000 * unit_size - unit_income_fen from outreach.person
where unit_income_fen < 120000 * unit_size and hukou_area >= '4401' and hukou_area < '4402' and not 'minimum-living-guarantee' = any(receives)
union all
select 'disability_subsidy', person_id, null from outreach.person
where disability_grade is not null and hukou_area >= '4401' and hukou_area < '4402'
  and (disability_grade <= 2 or disability_grade = 3 and disability_kind = 'intellectual' or 'minimum-living-guarantee' = any(receives))
union all
select 'permit_ending', person_id, null from outreach.person where permit_until between '2026-10-01' and '2026-10-31'
union all
select 'aged_alone', person_id, null from outreach.person where born_on <= '1946-10-01' and dwelling_persons = 1
