import { imagesToPull, lineOf } from '../levels/tryForReal.ts'
import type { PlaySession } from './sessionState.ts'
import type { DebriefView } from './view.ts'
import { words } from './words.ts'

/** Ends at the first surprise, so that nothing is removed that the script did not make. */
const scriptHead = '#!/usr/bin/env bash\nset -ev\n'

/** Files and commands to replay a level on one's own Docker, and the folder they are saved as. */
export function viewTryForReal({
  level,
  locale,
}: Pick<PlaySession, 'level' | 'locale'>): DebriefView['tryItForReal'] {
  const { files, commands } = level.data.debrief.tryItForReal
  const pulls = imagesToPull({ files, commands })
  const script = commands
    .map((command) => {
      const line = lineOf(command)
      return typeof command !== 'string' && command.exit !== 0 ? `! ${line}` : line
    })
    .join('\n')
  const readme = [
    level.texts.title,
    words(locale, 'real.what', {}),
    pulls.length === 0
      ? words(locale, 'real.pull.none', {})
      : `${words(locale, 'real.pull', {})}\n${pulls.map((image) => `  docker pull ${image}`).join('\n')}`,
    words(locale, 'real.safe', {}),
    level.texts.debrief.rule,
  ]
  return {
    folder: `driftwood-${level.data.id.replaceAll('.', '-')}`,
    pulls,
    files,
    commands: commands.map(lineOf),
    saved: [
      ...files,
      { name: 'commands.sh', text: `${scriptHead}${script}\n` },
      { name: 'README.txt', text: `${readme.join('\n\n')}\n` },
    ],
  }
}
