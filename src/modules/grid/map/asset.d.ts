/** The address of a file that the build puts beside the scripts. */
declare module '*?url' {
  const href: string
  export default href
}
declare module '*.css'
