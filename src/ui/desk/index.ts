/** Parts of the desk; fields, `Form`, `DeskPage`, `DeskHead` and `DoorPage` are in `../index.ts`. */
export * from './actions.tsx'
export * from './case.tsx'
export * from './figures.tsx'
export * from './list.tsx'
