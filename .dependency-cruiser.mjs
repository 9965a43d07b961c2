/** Who may import whom. Each rule stands for one arrow that must never appear. */

const outside = (...folders) => `^src-main/(?!(${folders.join('|')}))`

/** Folder of src-main → what it may reach besides itself. */
const area = (name, allowed, comment) => ({
  name: `${name}-imports-only-${allowed.length ? allowed.join('-').replaceAll(/[^a-z-]/g, '') : 'itself'}`,
  comment,
  severity: 'error',
  from: { path: `^src-main/${name}/` },
  to: {
    path: outside(`${name}/`, ...allowed.map((one) => (one.includes('.') ? `${one}$` : `${one}/`))),
  },
})

const typesOnly = ['type-only']

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: typesOnly } },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that cannot be found is not checked by any other rule.',
      severity: 'error',
      from: {},
      // The list of licences is made while the page is built.
      to: { couldNotResolve: true, pathNot: '^virtual:licences$' },
    },
    {
      name: 'main-never-renderer',
      comment: 'The main process runs without a page.',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'renderer-only-contract',
      comment: 'The contract is the one door to the main process.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/(?!contract/)' },
    },
    {
      name: 'renderer-no-node',
      comment: 'The page has no Node.',
      severity: 'error',
      from: { path: '^src-renderer/|^src-main/contract/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-only-types',
      comment: 'The contract has no logic: what it takes from elsewhere are types.',
      severity: 'error',
      from: { path: '^src-main/contract/' },
      to: { path: '^src-main/(?!contract/)', dependencyTypesNot: typesOnly },
    },
    area(
      'contract',
      ['sim', 'play', 'levels'],
      'The contract speaks of views, never of databases.',
    ),
    area('sim', [], 'The simulator is pure: what it needs is passed in.'),
    {
      name: 'sim-no-packages',
      comment: 'Nothing from outside (yaml reads Compose files).',
      severity: 'error',
      from: { path: '^src-main/sim/' },
      to: { path: '^(?!src-main/sim/)', pathNot: ['^src-main/', 'node_modules/yaml/'] },
    },
    {
      name: 'yaml-only-in-compose',
      comment: 'Compose files are the only YAML that the simulator reads.',
      severity: 'error',
      from: { path: '^src-main/sim/', pathNot: '^src-main/sim/docker/compose/' },
      to: { path: 'node_modules/yaml/' },
    },
    area('levels', ['sim'], 'The rules of a level are evaluated on the simulator alone.'),
    area('play', ['sim', 'levels'], 'A session knows nothing of transport or storage.'),
    area('quiz', ['levels'], 'Questions need no simulator, no transport, no storage.'),
    area('progress', [], 'The store speaks its own types.'),
    area(
      'calls',
      ['contract', 'play', 'levels', 'quiz', 'progress', 'log.ts'],
      'A call is composed of these; it knows no transport.',
    ),
    area('served', [], 'What both hosts send knows neither host.'),
    area('browser', ['calls', 'contract', 'served', 'log.ts'], 'A transport, without rules.'),
    area('electron', ['calls', 'contract', 'served'], 'A transport, without rules.'),
    {
      name: 'cli-never-hosts',
      comment: 'Headless commands start no host.',
      severity: 'error',
      from: { path: '^src-main/cli/' },
      to: { path: '^src-main/(browser|electron|served|index\\.ts|start\\.ts)' },
    },
    {
      name: 'preload-only-channels',
      comment: 'A sandboxed preload holds as little as possible: no schemas.',
      severity: 'error',
      from: { path: '^src-main/electron/preload/' },
      to: {
        path: '^src-main/(?!contract/channels\\.ts|electron/preload/)',
        dependencyTypesNot: typesOnly,
      },
    },
    {
      name: 'electron-only-in-its-host',
      comment: 'Importing electron elsewhere starts a download in plain Node.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/(index\\.ts|electron/preload/)' },
      to: { path: 'node_modules/electron/', dependencyTypesNot: typesOnly },
    },
    {
      name: 'sqlite-only-in-progress',
      comment: 'One place opens the database.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/progress/' },
      to: { path: 'node_modules/(better-sqlite3|@types/better-sqlite3)/' },
    },
    {
      name: 'scene-knows-no-vue',
      comment: 'The scene is handed snapshots and gives back intents.',
      severity: 'error',
      from: { path: '^src-renderer/scene/' },
      to: { path: 'node_modules/(vue|@vue|pinia|vue-i18n|@lucide)/' },
    },
    {
      name: 'scene-knows-no-page',
      comment: 'The scene can be moved to another program.',
      severity: 'error',
      from: { path: '^src-renderer/scene/' },
      to: { path: '^src-renderer/(?!scene/)' },
    },
    {
      name: 'pixi-only-in-scene',
      comment: 'One place draws on the canvas.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: '^src-renderer/(scene/|main\\.ts)' },
      to: { path: 'node_modules/(pixi\\.js|@pixi)/' },
    },
    {
      name: 'only-stores-call-the-game',
      comment: 'Components and screens ask a store; the transport stays in one file.',
      severity: 'error',
      from: { path: '^src-renderer/(components|screens|scene)/' },
      to: { path: '^src-renderer/gameApi\\.ts', dependencyTypesNot: typesOnly },
    },
    {
      name: 'components-never-screens',
      comment: 'screens → components → composables → stores, never back.',
      severity: 'error',
      from: { path: '^src-renderer/(components|composables|stores)/' },
      to: { path: '^src-renderer/screens/' },
    },
    {
      name: 'composables-never-components',
      comment: 'screens → components → composables → stores, never back.',
      severity: 'error',
      from: { path: '^src-renderer/(composables|stores)/' },
      to: { path: '^src-renderer/components/' },
    },
    {
      name: 'stores-never-composables',
      comment: 'screens → components → composables → stores, never back.',
      severity: 'error',
      from: { path: '^src-renderer/stores/' },
      to: { path: '^src-renderer/composables/' },
    },
    {
      name: 'sources-never-tests',
      comment: 'The program runs without its tests.',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src-renderer/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
}
