/** Words around an officer that her password must not be made of. */
import type { LoadedPack } from '../matters/index.ts'

/** Places of the pack down to the street, as they are written and without “district”, “street”, “town”. */
export const placeWords = ({ pack }: Pick<LoadedPack, 'pack'>): string[] =>
  pack.areas.filter((area) => area.level !== 'community').flatMap(({ name }) => [name, name.replace(/(街道|[市区街镇])$/u, '')])
