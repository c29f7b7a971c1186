/** Addresses that every page links to. The rooms that serve them own what is behind them. */
export const paths = {
  home: '/',
  me: '/me',
  signIn: '/sign-in',
  signOut: '/sign-out',
  settings: '/settings',
  checkDocument: '/d',
  privacy: '/privacy',
  desk: '/desk',
  deskSignIn: '/desk/sign-in',
  deskSignOut: '/desk/sign-out',
  deskPost: '/desk/post',
} as const

/** `/settings?lang=en&back=/cases/7`: one preference changed, then back to the page. */
export const settingsHref = (
  setting: { lang?: 'zh' | 'en'; mode?: 'standard' | 'elder'; theme?: 'light' | 'contrast' },
  back: string,
): string => `${paths.settings}?${new URLSearchParams({ ...setting, back })}`

/** Only a path of this site: an address to come back to is never somebody else's. */
export const localPath = (path: string | undefined): string => (path && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : paths.home)
