-- The same six searches written by hand, as fast as we could make them: every age and term a fixed day, a place two comparisons of bytes, days and
-- numbers before texts and lists, and nobody looked at twice whom a day or a number alone excludes. Run as the owner: no row security, no area asked for.
select
  count(*) filter (where born_on <= '1957-01-01' and hukou_area >= '4401' and hukou_area < '4402' and not 'longevity-allowance' = any(receives)) as longevity,
  sum(case when born_on <= '1926-10-01' then 30000 when born_on <= '1936-10-01' then 20000 when born_on <= '1946-10-01' then 10000 else 3000 end)
    filter (where born_on <= '1957-01-01' and hukou_area >= '4401' and hukou_area < '4402' and not 'longevity-allowance' = any(receives)) as longevity_fen,
  count(*) filter (where born_on <= '1966-10-01' and (hukou_area >= '4401' and hukou_area < '4402' or dwelling_area >= '4401' and dwelling_area < '4402')
    and not 'senior-card' = any(receives)) as senior_card,
  count(*) filter (where unit_income_fen < 120000 * unit_size and hukou_area >= '4401' and hukou_area < '4402'
    and not 'minimum-living-guarantee' = any(receives)) as living_guarantee,
  sum(120000 * unit_size - unit_income_fen) filter (where unit_income_fen < 120000 * unit_size and hukou_area >= '4401' and hukou_area < '4402'
    and not 'minimum-living-guarantee' = any(receives)) as living_guarantee_fen,
  count(*) filter (where disability_grade is not null and hukou_area >= '4401' and hukou_area < '4402'
    and (disability_grade <= 2 or disability_grade = 3 and disability_kind = 'intellectual' or 'minimum-living-guarantee' = any(receives)))
    as disability_subsidy,
  count(*) filter (where permit_until between '2026-10-01' and '2026-10-31') as permit_ending,
  count(*) filter (where born_on <= '1946-10-01' and dwelling_persons = 1) as aged_alone
from outreach.person
where born_on <= '1966-10-01' or unit_income_fen < 120000 * unit_size or disability_grade is not null
  or permit_until between '2026-10-01' and '2026-10-31'
