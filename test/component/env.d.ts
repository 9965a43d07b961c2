// Tests are checked by tsc, which does not read single-file components; vue-tsc checks those.
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
