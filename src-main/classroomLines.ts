import { networkInterfaces } from 'node:os'
import { type Classroom, MOST_SEATS } from './calls/classroom.ts'

/** What a classroom host says at its start: what it opens, and what goes on the board. */
export function classroomLines(
  { code, hasInstructorPin }: Pick<Classroom, 'code' | 'hasInstructorPin'>,
  url: string,
): readonly string[] {
  return [
    '',
    `WARNING: this opens the game at ${url} to everybody who can reach that address.`,
    'What is sent is not encrypted: use it in a network you trust. It answers no other address,',
    'and a browser reaches nothing but its own player. Ctrl-C closes it; progress is kept.',
    ...(hasInstructorPin()
      ? []
      : ['No instructor PIN is set, so nobody has the instructor’s view: docs/instructors.md.']),
    '',
    `  On the board:   ${url}`,
    `  Code:           ${code}        (up to ${MOST_SEATS} browsers)`,
    '',
  ]
}

/** IPv4 addresses under which this machine can be reached. */
export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address)
