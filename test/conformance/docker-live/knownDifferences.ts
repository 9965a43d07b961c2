import type { TypedLine } from '../../../src-main/cli/transcript/transcript.ts'

/**
 * What Engine 20.10.24, which Debian packages, does otherwise than 28.5.2, which the simulator speaks
 * as. Each entry brings the two ways of saying the same thing to one form, and only that; everything
 * else has to be equal. The recordings of the same scripts on both engines are the evidence.
 * The form of an engine's error still begins as one (`Error`, `OCI runtime`): only such lines of stderr
 * are compared.
 */
interface KnownDifference {
  readonly fact: string
  /** Lines it applies to; all when left out. */
  readonly line?: RegExp
  /** How 20.10 says it, and the common form. */
  readonly engine?: readonly [RegExp, string]
  /** How 28.5 says it, and the common form. */
  readonly simulated?: readonly [RegExp, string]
  /** What 20.10 prints when its exit code is another, and the code of 28.5. */
  readonly engineExit?: readonly [RegExp, number]
}

/** A RUN line up to what `RUN /bin/sh -c … # buildkit` shows of any command: 19 characters. */
const cutRun = /(RUN (?:(?! {2})[^\n\t]){0,19})(?:(?! {2})[^\n\t])*/g

const words: readonly KnownDifference[] = [
  {
    fact: "no registry can be reached: the address of the name server is the machine's own",
    engine: [/Get "https:\/\/registry-1[^\n]*?(?=\.?\n)/g, '<no registry>'],
    simulated: [/Get "https:\/\/registry-1[^\n]*?(?=\.?\n)/g, '<no registry>'],
  },
  {
    fact: 'after a failed run or create: a full stop and "See", not a blank line and "Run"',
    engine: [/\.?\nSee '(docker [a-z ]*)--help'\.?/g, '\n<help $1>'],
    simulated: [/\.?\n\nRun '(docker [a-z ]*)--help' for more information/g, '\n<help $1>'],
  },
  {
    fact: 'cp: 20.10 has one message for a container and for a file that is not there',
    line: /docker (?:container )?cp /,
    engine: [/Error: No such container:path: ([^\s:]+):\S*/g, 'Error: <not there> $1'],
    simulated: [
      /Error response from daemon: (?:Could not find the file \S+ in container|No such container:) (\S+)/g,
      'Error: <not there> $1',
    ],
  },
  {
    fact: 'no such container',
    engine: [
      /Error(?:: | response from daemon: )No such (?:container|object):(?!path:) ?/g,
      'Error: <no such container> ',
    ],
    simulated: [
      /Error(?:: | response from daemon: )No such (?:container|object): ?/gi,
      'Error: <no such container> ',
    ],
  },
  {
    fact: 'no such volume',
    engine: [/Error: No such volume: (\S+)/g, 'Error: <no volume> $1'],
    simulated: [/Error response from daemon: get (\S+): no such volume/g, 'Error: <no volume> $1'],
  },
  {
    fact: 'no such image: 28.5 adds the tag',
    engine: [
      /Error(?: response from daemon)?: No such image: ([^\s:]+)(?::latest)?/g,
      'Error: <no image> $1',
    ],
    simulated: [
      /Error(?: response from daemon)?: No such image: ([^\s:]+)(?::latest)?/g,
      'Error: <no image> $1',
    ],
  },
  {
    fact: 'a signal that is not there: capital letters',
    engine: [/Invalid (?=signal: )|The (?=linux daemon does not)/g, ''],
    simulated: [/invalid (?=signal: )|the (?=linux daemon does not)/g, ''],
  },
  {
    fact: 'a filter that is not known: capital letter',
    engine: [/response from daemon: Invalid filter /g, 'response from daemon: invalid filter '],
  },
  {
    fact: 'a user that cannot be looked up: how the line ends',
    engine: [/(unable to find user [^\n]*?)\.?\r?\n/g, '$1\n'],
    simulated: [/(unable to find user [^\n]*\n)<help docker run >\n/g, '$1'],
  },
  {
    fact: 'not running: capital letter',
    engine: [/\bContainer (\S+) is not running/g, 'container $1 is not running'],
  },
  { fact: 'kill: capital letter', engine: [/Cannot kill container/g, 'cannot kill container'] },
  {
    fact: 'pause and unpause: capital letters',
    engine: [/\bContainer (\S+) is (already paused|paused|restarting)/g, 'container $1 is $2'],
    simulated: [/\bContainer (\S+) is (already paused|paused|restarting)/g, 'container $1 is $2'],
  },
  {
    fact: 'rm of a running container names its id, not its name',
    engine: [
      /You cannot remove a (running|paused|restarting) container \S+\. (?:Stop|Unpause)[^\n]*/g,
      '<cannot remove: $1>',
    ],
    simulated: [
      /cannot remove container "[^"]*": container is (running|paused|restarting)[^\n]*/g,
      '<cannot remove: $1>',
    ],
  },
  {
    fact: 'a task that cannot be created: 28.5 says so in one more place, 20.10 ends with ": unknown"',
    engine: [/failed to create (?:shim task|shim): /g, ''],
    simulated: [/failed to create task for container: failed to create shim task: /g, ''],
  },
  { fact: 'runc names its own step', engine: [/: starting container process caused: /g, ': '] },
  {
    fact: 'runc names its own step',
    simulated: [
      /runc create failed: unable to start container process: (?:error during container init: )?/g,
      '',
    ],
  },
  {
    fact: 'runc names its own step',
    engine: [
      /(?:runc create failed|container_linux\.go:\d+): (?:unable to start container process: |starting container process caused: )?(?:error during container init: )?/g,
      '',
    ],
  },
  {
    fact: 'an OCI error ends with ": unknown"',
    engine: [/: unknown\r?(?=[.\n:]|$)/g, ''],
    simulated: [/: unknown(?=[.\n:]|$)/g, ''],
  },
  {
    fact: 'runc says what it mounts with the flags as a number, and over a descriptor of its choice',
    engine: [
      /mount (\/\S+?):(\/\S+) \(via \/proc\/self\/fd\/\d+\), flags: 0x\w+: /g,
      '<mount $1 $2> ',
    ],
    simulated: [/mount src=(\S+), dst=(\S+), dstFd=\S+, flags=[A-Z_|]+: /g, '<mount $1 $2> '],
  },
  {
    fact: 'a task that cannot be created: only 28.5 points at the help',
    engine: [/(OCI runtime create failed: [^\n]*?)\.?$/gm, '$1'],
    simulated: [/(OCI runtime create failed: [^\n]*)\n<help docker run >/g, '$1'],
  },
  {
    fact: 'a run whose container did not start: the client may or may not log that it waited',
    engine: [/^time="[^"\n]*" level=error msg="error waiting for container: [^"\n]*"\n/gm, ''],
  },
  {
    fact: 'exec of what is not there: 20.10 exits with 126, 28.5 with 127',
    line: /docker exec/,
    engineExit: [/^OCI runtime exec failed: .*(?:not found in \$PATH|no such file)/, 127],
  },
  {
    fact: 'a RUN that fails: the old builder exits with its code, BuildKit with 1',
    line: /docker (?:image )?build/,
    engine: [
      /^(?:Sending build context[\s\S]*)?The command '[^\n]*' returned a non-zero code: (\d+)\n$/,
      'Error: <RUN: $1>',
    ],
    simulated: [/^[\s\S]*did not complete successfully: exit code: (\d+)\n$/, 'Error: <RUN: $1>'],
    engineExit: [/The command '[^\n]*' returned a non-zero code: \d+\n$/, 1],
  },
  {
    fact: 'exec that fails to start: where runc is named',
    engine: [
      /OCI runtime exec failed: exec failed: (?:unable to start container process: )?/g,
      'OCI runtime <exec failed> ',
    ],
    simulated: [
      /OCI runtime exec failed: exec failed: (?:unable to start container process: )?/g,
      'OCI runtime <exec failed> ',
    ],
  },
  {
    fact: 'a reference in capital letters: 28.5 shows it in full',
    simulated: [
      /repository name \(library\/\S+\) must be lowercase/g,
      'repository name must be lowercase',
    ],
  },
  {
    fact: 'a volume made by `volume create` has empty labels, not none',
    line: /docker volume (?:inspect|ls)|docker inspect/,
    engine: [/"Labels": ?\{\}/g, '"Labels": null'],
    simulated: [/"Labels": ?\{\}/g, '"Labels": null'],
  },
  {
    fact: 'system df has no build cache with the old builder',
    line: /docker system df/,
    engine: [/^Build Cache .*$/gm, '<build cache>'],
    simulated: [/^Build Cache .*$/gm, '<build cache>'],
  },
  {
    fact: 'prune counts no build cache with the old builder, and the lines of BuildKit with it',
    line: /docker system prune/,
    engine: [
      /(?:Deleted build cache objects:\n(?:[a-z0-9]{25}\n)*\n)?Total reclaimed space.*$/gm,
      '<total>',
    ],
    simulated: [
      /(?:Deleted build cache objects:\n(?:[a-z0-9]{25}\n)*\n)?Total reclaimed space.*$/gm,
      '<total>',
    ],
  },
  {
    fact: 'the old builder leaves an image for each line: their ids are deleted with the last one',
    line: /docker (?:rmi|image rm|image prune|system prune)/,
    engine: [/^[Dd]eleted: sha256:[0-9a-f]{64}\n/gm, ''],
    simulated: [/^[Dd]eleted: sha256:[0-9a-f]{64}\n/gm, ''],
  },
  {
    fact: 'history: the old builder gives each line an image of its own',
    line: /docker (?:image )?history/,
    engine: [/^(?:<missing>|[0-9a-f]{12})(?= )/gm, '<image>'],
    simulated: [/^(?:<missing>|[0-9a-f]{12})(?= )/gm, '<image>'],
  },
  {
    fact: 'history: how the old builder and BuildKit write a line',
    line: /docker (?:image )?history/,
    engine: [/\/bin\/sh -c #\(nop\) +| # buildkit/g, ''],
    simulated: [/ # buildkit/g, ''],
  },
  {
    fact: 'history: the old builder names what is copied by its sum',
    line: /docker (?:image )?history/,
    engine: [/COPY (?:(?! {2})[^\n\t])*/g, 'COPY <files>'],
    simulated: [/COPY (?:(?! {2})[^\n\t])*/g, 'COPY <files>'],
  },
  {
    fact: 'history: a RUN line',
    line: /docker (?:image )?history/,
    engine: [/(^|[\t ])(?:RUN )?\/bin\/sh -c /gm, '$1RUN '],
    simulated: [/(^|[\t ])RUN \/bin\/sh -c /gm, '$1RUN '],
  },
  {
    fact: 'history: the line is cut to 45 characters, of which each builder uses more or fewer itself',
    line: /docker (?:image )?history(?!.*--no-trunc)/,
    engine: [cutRun, '$1'],
    simulated: [cutRun, '$1'],
  },
  {
    fact: 'history: the columns are as wide as the lines in them',
    line: /docker (?:image )?history(?!.*--format)/,
    engine: [/ {2,}| +$/gm, ' '],
    simulated: [/ {2,}(?:buildkit\.dockerfile\.v0)?| +$/gm, ' '],
  },
  {
    fact: 'BuildKit keeps what a RUN writes below a VOLUME of the same Dockerfile; the old builder drops it',
    line: /docker (?:image )?history .*\bvb$/,
    engine: [/^0B(?=\tRUN echo after > \/data)/gm, '<after VOLUME>'],
    simulated: [/^6B(?=\tRUN echo after > \/data)/gm, '<after VOLUME>'],
  },
  {
    fact: 'the comment of an image made by BuildKit',
    engine: [/buildkit\.dockerfile\.v0/g, ''],
    simulated: [/buildkit\.dockerfile\.v0/g, ''],
  },
]

const inCommonForm = (typed: TypedLine, side: 'engine' | 'simulated'): TypedLine => {
  const change = (text: string): string =>
    words.reduce((before, known) => {
      const rule = known[side]
      if (rule === undefined || known.line?.test(typed.cmd) === false) return before
      return before.replace(rule[0], rule[1])
    }, text)
  const otherExit = words.find(
    ({ line, engineExit }) =>
      side === 'engine' &&
      (engineExit?.[0].test(typed.stdout) || engineExit?.[0].test(typed.stderr)) &&
      line?.test(typed.cmd) !== false,
  )?.engineExit?.[1]
  return {
    ...typed,
    stdout: change(typed.stdout),
    stderr: change(typed.stderr),
    exit: otherExit ?? typed.exit,
  }
}

/** What 20.10 answered, in the form in which both are compared. */
export const engineInCommonForm = (typed: TypedLine): TypedLine => inCommonForm(typed, 'engine')

export const simulatedInCommonForm = (typed: TypedLine): TypedLine =>
  inCommonForm(typed, 'simulated')
