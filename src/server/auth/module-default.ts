/**
 * Default export of a CommonJS module that was compiled from ES modules. Node hands over the whole
 * module object where bundlers hand over its `default`, while its types promise the latter.
 */
export function moduleDefault<T extends object>(imported: T | { default: T }): T {
  return "default" in imported ? imported.default : imported;
}
