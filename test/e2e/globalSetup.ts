import { resolve } from 'node:path'
import { buildIfChanged } from '../../src-main/buildIfChanged.ts'

/** Builds once before the hosts start side by side, so that no two of them build into one folder. */
export default function globalSetup(): void {
  const failure = buildIfChanged(resolve(import.meta.dirname, '../..'), () => {})
  if (failure !== null) throw new Error(`the build failed:\n${failure}`)
}
