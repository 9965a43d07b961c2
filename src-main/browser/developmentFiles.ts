import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'

export interface DevelopmentFiles {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void
  readonly close: () => Promise<void>
}

/** The renderer straight from its sources, with hot reload, by Vite. */
export async function startDevelopmentFiles(root: string): Promise<DevelopmentFiles> {
  const { createServer } = await import('vite')
  const { default: config } = await import('../../electron.vite.config.ts')
  const vite = await createServer({
    ...(config as { renderer: object }).renderer,
    root: join(root, 'src-renderer'),
    configFile: false,
    appType: 'spa',
    server: { middlewareMode: true, hmr: { host: '127.0.0.1' } },
  })
  return {
    serve: (request, response) =>
      vite.middlewares(request, response, () => {
        response.statusCode = 404
        response.end()
      }),
    close: () => vite.close(),
  }
}
