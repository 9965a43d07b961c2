/** better-sqlite3 crashes the process without a word on Node 20, so say it before any test starts. */
export default function globalSetup(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 24) {
    throw new Error(
      `the tests need Node 24, this is ${process.version}: start them with "npx vitest" or "npm test"`,
    )
  }
}
