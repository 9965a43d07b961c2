/** Lines that 20.10 must be given differently to do the same, or whose answer says nothing on it. */
interface LineDifference {
  readonly fact: string
  readonly line: RegExp
  readonly onEngine?: (line: string) => string
  /** The answer is not compared; what the line did is, by the lines after it. */
  readonly answerDiffers?: true
  readonly notOnEngine?: true
}

const anonymousOnly =
  "docker volume ls -qf dangling=true | grep -xE '[0-9a-f]{64}' | xargs -r docker volume rm > /dev/null"

export const lineDifferences: readonly LineDifference[] = [
  {
    fact: 'volume prune removes named volumes too; only 28.5 knows -a, which does the same there',
    line: /docker volume prune (?:-af|-fa|-a -f|-f -a|--all)/,
    onEngine: (line) =>
      line.replace(/docker volume prune \S+(?: -[af])?/, 'docker volume prune -f'),
  },
  {
    fact: 'volume prune without -a removes anonymous volumes only, in 28.5',
    line: /docker volume prune -f/,
    onEngine: (line) => line.replace(/docker volume prune -f/, anonymousOnly),
    answerDiffers: true,
  },
  {
    fact: 'system prune --volumes removes anonymous volumes only, in 28.5',
    line: /docker system prune .*--volumes/,
    onEngine: (line) => `${line.replace(/--volumes/, '')}; ${anonymousOnly}`,
    answerDiffers: true,
  },
  {
    fact: 'the old builder tells its steps in its own way',
    line: /docker (?:image )?build (?!-q)/,
    answerDiffers: true,
  },
  {
    fact: 'a relative path of a bind mount is known to 28.5 only',
    line: / -v \.\//,
    onEngine: (line) => line.replace(/ -v \.\//g, ' -v "$PWD"/'),
  },
  {
    fact: 'without a network the engine leaves /etc/hosts as it is; the one here has none',
    line: /grep -c extra \/etc\/hosts/,
    answerDiffers: true,
  },
  { fact: 'BuildKit only', line: /docker (?:builder|buildx) /, notOnEngine: true },
]
