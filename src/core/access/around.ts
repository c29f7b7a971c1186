/** Words around an officer that her password must not be made of. */
import type { LoadedPack } from '../matters/index.ts'

/** Places of the pack down to the street, as they are written and without “district”, “street”, “town”, and what it calls them in English. */
export const placeWords = ({ pack }: Pick<LoadedPack, 'pack'>): string[] => [
  pack.name.en,
  ...(pack.english_names ?? []).map(({ name }) => name),
  ...pack.areas
    .filter((area) => area.level !== 'community')
    .flatMap(({ name }) => [name, name.replace(/(街道|[市区街镇])$/u, '')]),
]
