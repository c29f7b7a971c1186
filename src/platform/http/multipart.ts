/** Forms with files: fields first, the proof that the form is ours before the first file, files to the disk. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { Bodies } from './bodies.ts'
import type { Spool, Spooled } from './spool.ts'

export interface UploadedFile {
  field: string
  name: string
  bytes: Buffer
  /** It was over the limit: nothing of it is kept. The page names it; see `createPages`. */
  tooLarge?: true
  /** It was one more than a form may bring: neither it nor what came after it was read. */
  tooMany?: true
}

interface Reading {
  spool: Spool
  bodies: Bodies
  /** Throws when the fields that came so far do not prove that the form is ours. */
  prove: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

/**
 * One pass over the parts, in order; `request.body` and `request.uploads` afterwards. A form without boundary or cut short is the sender's
 * mistake, which the parser calls by no code. The files are in memory only while the request is at hand.
 */
export async function readMultipart(request: FastifyRequest, reply: FastifyReply, reading: Reading): Promise<void> {
  const files: { spooled: Spooled; upload: UploadedFile }[] = []
  try {
    await readParts(request, reply, reading, files)
    if (files.length > 0) await reading.bodies.takeInHand(request)
    for (const { spooled, upload } of files) upload.bytes = await spooled.read()
  } catch (error) {
    if (error instanceof Refusal || /^(FST_|ENOSPC|EDQUOT)/.test(String((error as { code?: string }).code))) throw error
    throw new Refusal('request.unreadable', 'invalid')
  } finally {
    await Promise.all(files.map(({ spooled }) => spooled.drop()))
  }
}

async function readParts(
  request: FastifyRequest,
  reply: FastifyReply,
  { spool, prove }: Reading,
  files: { spooled: Spooled; upload: UploadedFile }[],
): Promise<void> {
  const body: Record<string, string> = {}
  request.body = body
  let proven = false
  try {
    for await (const part of request.parts({ throwFileSizeLimit: false } as object)) {
      if (part.type === 'field') {
        if (part.valueTruncated) throw new Refusal('request.too_large', 'invalid')
        body[part.fieldname] = String(part.value)
        continue
      }
      if (!proven) await prove(request, reply)
      proven = true
      const spooled = await spool.take(part.file)
      // An empty file field of a form comes as a part without name and bytes. Of a file over the limit only its name is kept.
      const whole = !part.file.truncated
      const upload = { field: part.fieldname, name: part.filename ?? '', bytes: Buffer.alloc(0) }
      if (spooled.size > 0 || part.filename) request.uploads.push(whole ? upload : { ...upload, tooLarge: true })
      if (whole && spooled.size > 0) files.push({ spooled, upload })
      else await spooled.drop()
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_FILES_LIMIT') throw error
    // What was typed stands before the files: the page says what is too much, and keeps it.
    request.uploads.push({ field: request.uploads.at(-1)?.field ?? '', name: '', bytes: Buffer.alloc(0), tooMany: true })
  }
}
