/// <reference types="vite/client" />

/** Made by src-main/licencesPlugin.ts when the page is built. */
declare module 'virtual:licences' {
  export const packages: readonly {
    readonly name: string
    readonly version: string
    readonly licence: string
    readonly text: string
  }[]
}
