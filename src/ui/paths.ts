/** Addresses that every page links to. The rooms that serve them own what is behind them. */
export const paths = {
  home: '/',
  me: '/me',
  signIn: '/sign-in',
  signOut: '/sign-out',
  settings: '/settings',
  checkDocument: '/d',
  privacy: '/privacy',
  tables: '/tables',
  certificates: '/certificates',
  warnings: '/warnings',
  cameras: '/cameras',
  ownFootage: '/me/footage',
  watch: '/watch',
  indicators: '/indicators',
  desk: '/desk',
  deskSignIn: '/desk/sign-in',
  deskSignOut: '/desk/sign-out',
  deskPost: '/desk/post',
  deskSecurity: '/desk/security',
  deskPassword: '/desk/security/password',
  deskReset: '/desk/reset',
  security: '/me/security',
  confirm: '/me/confirm',
  channels: '/me/channels',
  proxies: '/me/proxies',
  found: '/found',
  report: '/report',
  ownReports: '/my/reports',
  around: '/around',
  hazards: '/me/hazards',
  reportHazard: '/me/hazards/report',
  deletion: '/me/deletion',
  leaving: '/me/deletion/asked',
} as const

/** Where a given file opens: of a photo the copy that is made to be shown. */
export const fileHref = ({ fileId, shown }: { fileId: string; shown: boolean }): string =>
  `/files/${fileId}${shown ? '/shown' : ''}`

/** `/settings?lang=en&back=/cases/7`: one preference changed, then back to the page. */
export const settingsHref = (
  setting: { lang?: 'zh' | 'en'; mode?: 'standard' | 'elder'; theme?: 'light' | 'contrast' },
  back: string,
): string => `${paths.settings}?${new URLSearchParams({ ...setting, back })}`

/** Only a path of this site: an address to come back to is never somebody else's. */
export const localPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(path) ? asLocation(path) : paths.home

/** As a Location header carries it: ASCII, the rest in percent signs. */
export const asLocation = (path: string): string => path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
