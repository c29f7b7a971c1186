/** The language of the page around a part, for what stays in Chinese on it: names of people and places. */
import { createContext } from 'preact'
import type { Lang } from '../../platform/words.ts'

export const PageLang = createContext<Lang>('zh')
