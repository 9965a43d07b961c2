import type { CustomScheme } from 'electron'
import { CONTENT_POLICY, securityHeaders } from '../served/contentPolicy.ts'
import { readServedFile } from '../served/readServedFile.ts'
import { APP_SCHEME, isAppUrl } from './appAddress.ts'

/** To be registered before `ready`. No bypassCSP, no CORS, no service workers. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** Answers app://game/... with the built renderer and the same headers as the browser host. */
export async function answerAppRequest(
  rendererDir: string,
  request: { readonly url: string; readonly method: string },
): Promise<Response> {
  const headers = { ...securityHeaders(CONTENT_POLICY) }
  if (request.method !== 'GET' || !isAppUrl(request.url)) {
    return new Response(null, { status: 403, headers })
  }
  const file = await readServedFile(rendererDir, new URL(request.url).pathname)
  if (!file) return new Response(null, { status: 404, headers })
  return new Response(file.body, { headers: { ...headers, 'content-type': file.contentType } })
}
