// Read by any Node, however old: only its first line of complaint should be one that a person understands.
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(
    `Kaifong: this machine has Node ${process.versions.node}. Install Node 20 or newer, with npm 11, and start again.`,
  )
  process.exit(1)
}
