/**
 * What of a page its accessibility depends on: elements in order, classes, states, and whether names and texts are there. Two pages that
 * differ in words, numbers and addresses alone have one shape. Pure.
 */

/** Of these it matters that they are there and not empty, not what they say. */
const SAID = /\s(href|src|srcset|action|value|datetime|content|title|alt|placeholder|aria-label|d|points)="[^"]+"/g
/** Parts of ids and references that differ from one record to the next. */
const RECORD = /[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+/g

export const pageShape = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/>[^<]*[^<\s][^<]*</g, '>…<')
    .replaceAll(/<[a-z][^>]*>/g, (tag) => tag.replaceAll(SAID, ' $1').replaceAll(RECORD, '#'))
