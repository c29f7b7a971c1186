/** The name under which a file is shown and handed out again. It never becomes a path of ours; it may of theirs. */

/** Not readable, or read otherwise than written: controls, formats (zero width, direction), private and lost signs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\ufffd]/gu
/** Mean something to a shell, a page or a file system; dropped, since a name without them is as readable. */
const SIGNS = /[<>:"|?*`$&;'\\/{}#%~^=!]/g
/** Windows opens a device instead of the file, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** Bytes of most file systems are 255; a Chinese sign takes three. */
const LONGEST = 60
/** What people name a picture or a PDF; anything else behind a dot is part of the name. */
const EXTENSION = /\.(jpe?g|png|webp|heic|heif|gif|bmp|tiff?|pdf|exe|html?|svg|js|bat|cmd|scr|docx?|zip)$/i

export interface FileNameOptions {
  /** Without dot, from the content: the one in the name is whatever somebody typed. */
  extension: string
  /** When nothing readable is left. */
  fallback: string
}

export function cleanFileName(name: string, { extension, fallback }: FileNameOptions): string {
  const last =
    name
      // A browser writes a quote in a file's name so; without this it would stand there as 22.
      .replaceAll('%22', ' ')
      .normalize('NFC')
      .replace(UNSEEN, '')
      .split(/[/\\]/)
      .findLast((part) => /[\p{L}\p{N}]/u.test(part)) ?? ''
  let stem = last.replace(SIGNS, '')
  while (EXTENSION.test(stem)) stem = stem.replace(EXTENSION, '')
  stem = stem.replace(/\s+/g, ' ').replace(/^[\s.-]+|[\s.]+$/g, '')
  stem = [...new Intl.Segmenter('zh').segment(stem)]
    .slice(0, LONGEST)
    .map(({ segment }) => segment)
    .join('')
    .trimEnd()
  if (!/[\p{L}\p{N}]/u.test(stem)) stem = fallback
  return `${DEVICE.test(stem) ? `_${stem}` : stem}.${extension}`
}
