/** Order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari. */
const BROWSERS = [
  { name: "Edge", pattern: /\bEdg(e|A|iOS)?\// },
  { name: "Opera", pattern: /\bOPR\// },
  { name: "Firefox", pattern: /\b(Firefox|FxiOS)\// },
  { name: "Chrome", pattern: /\b(Headless)?(Chrome|CriOS)\// },
  { name: "Safari", pattern: /\bSafari\// },
] as const;

/** iPhones mention Mac OS X, and Android mentions Linux. */
const SYSTEMS = [
  { name: "iPhone", pattern: /\biPhone\b/ },
  { name: "iPad", pattern: /\biPad\b/ },
  { name: "Android", pattern: /\bAndroid\b/ },
  { name: "Windows", pattern: /\bWindows\b/ },
  { name: "macOS", pattern: /\bMac OS X\b/ },
  { name: "Linux", pattern: /\bLinux\b/ },
] as const;

/** A browser in words that a person recognises: "Firefox on Windows". */
export function browserName(userAgent: string): string {
  const browser = BROWSERS.find(({ pattern }) => pattern.test(userAgent))?.name;
  const system = SYSTEMS.find(({ pattern }) => pattern.test(userAgent))?.name;
  if (browser === undefined) return system ?? "Unknown browser";
  return system === undefined ? browser : `${browser} on ${system}`;
}
