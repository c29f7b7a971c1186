/** What kind of device a browser runs on, so far as its owner can recognise it. Texts: `account.device.*`. */
export const devices = [
  'phone-android',
  'phone-apple',
  'phone',
  'tablet-apple',
  'computer-windows',
  'computer-apple',
  'computer-linux',
  'unknown',
] as const
export type Device = (typeof devices)[number]

/** The browser's own words are forgotten: they tell one person from another, and nobody here needs that. */
export function deviceOf(userAgent: string | null | undefined): Device {
  const said = (userAgent ?? '').slice(0, 400)
  if (/iPad/.test(said)) return 'tablet-apple'
  if (/iPhone/.test(said)) return 'phone-apple'
  if (/Android|HarmonyOS|OpenHarmony/.test(said)) return 'phone-android'
  if (/Mobile/.test(said)) return 'phone'
  if (/Windows/.test(said)) return 'computer-windows'
  if (/Macintosh|Mac OS X/.test(said)) return 'computer-apple'
  if (/Linux|X11|CrOS/.test(said)) return 'computer-linux'
  return 'unknown'
}

const isDevice = (text: string | null): text is Device => (devices as readonly (string | null)[]).includes(text)

export const deviceKind = (text: string | null): Device => (isDevice(text) ? text : 'unknown')
