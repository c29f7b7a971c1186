export { placeholdersOf } from './build.ts'
export { type BytesChecked, checkBytes, readSignature, type SignatureOut } from './check.ts'
export { renewDerivatives, storeDerivatives } from './derivative.ts'
export { DocumentForms, type DocumentModel, mayReadKind } from './document.ts'
export { loadFonts } from './fonts.ts'
export { ACCEPTED, acceptedPhotos, DERIVED_TYPE, PHOTO_KINDS, RECIPE, takePhoto } from './intake.ts'
export { draftDocument, type IssueRequest, issueDocument, nextDocumentNumber } from './issue.ts'
export { sweepFiles } from './jobs.ts'
export { ALIKE_WITHIN, likenessOf } from './likeness.ts'
export {
  attachDraftFiles,
  type DocumentRow,
  listDocuments,
  listDraftMaterials,
  listMaterials,
  type MaterialRow,
  NAME_CONTEXT,
  takeBackFiles,
} from './material.ts'
export { capitalYuan, plainYuan } from './money.ts'
export { certificatePem } from './pades.ts'
export { countUnprinted, listUnprinted, printAgain, printWaiting, type UnprintedPaper } from './print.ts'
export { qrShape, qrSvg } from './qr.ts'
export { verifyDocument } from './sign.ts'
export {
  addCaseFile,
  addDraftFile,
  checkDocument,
  type FileOut,
  type PublicDocument,
  readDocument,
  readFile,
  readReceiptByProxy,
  removeDraftFile,
} from './use-cases.ts'
