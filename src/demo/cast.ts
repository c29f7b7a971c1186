/**
 * The people of the story, as the file tells them.
 */
import { addDays } from '../platform/day.ts'
import { bornFor, latest, yearsBefore } from './days.ts'
import { identityOf, type Making, NO_REGISTER, newDwelling, newHousehold } from './making.ts'

export function castOf(making: Making): void {
  const { file, asOf, numbers, street } = making
  for (const { community, hukou, home, members } of file.cast) {
    const dwellingId = newDwelling(making, community)
    const householdId = hukou.elsewhere ? null : newHousehold(making, community)
    for (const member of members) {
      const bornOn = bornFor(asOf, member.age, member.birthday_in)
      const { phone: drawnPhone, ...identity } = identityOf(making, { name: member.name, sex: member.sex, bornOn })
      const level = member.account === 'bound' ? 'A1' : member.account === 'phone-only' ? 'A0' : null
      if (level && !member.phone) throw new Error(`demo.yaml: ${member.code} has an account and needs a phone`)
      street.persons.push({
        ...identity,
        // A phone that no officer has seen is known to the account alone.
        phone: level === 'A0' ? null : (member.phone ?? drawnPhone),
        hukou: {
          area: hukou.elsewhere ?? community,
          householdId,
          relation: member.relation,
          since: latest(bornOn, yearsBefore(asOf, hukou.since_years)),
        },
        home: { dwellingId, area: community, since: latest(bornOn, addDays(asOf, -home.since_days)) },
        residenceSince: null,
        income: member.income === undefined ? null : { monthlyFen: member.income, since: addDays(asOf, -30) },
        receipt: null,
        account: member.bank_account ? { number: numbers.account(), bank: file.bank, since: addDays(asOf, -400) } : null,
        ...NO_REGISTER,
      })
      const { code, name, phone = null, story = null } = member
      street.characters.push({ code, personId: identity.id, name, phone: level ? phone : null, level, story })
    }
  }
}
