/** Response headers that are the same for every answer. */
export const STATIC_SECURITY_HEADERS: readonly { readonly key: string; readonly value: string }[] =
  [
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "X-Frame-Options", value: "DENY" },
    { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
    { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
    {
      key: "Permissions-Policy",
      value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    },
  ];

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Content security policy of a page.
 *
 * Scripts run by nonce alone; what they load is trusted (strict-dynamic). Inline styles are allowed:
 * chart tooltips and positioned menus set style attributes, and a style cannot run code.
 */
export function contentSecurityPolicy(options: {
  nonce: string;
  https: boolean;
  development: boolean;
}): string {
  const directives = [
    "default-src 'self'",
    // React's development build explains errors with eval; the production build has none.
    `script-src 'nonce-${options.nonce}' 'strict-dynamic'${options.development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Reloading in development goes over a WebSocket of the same host.
    `connect-src 'self'${options.development ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(options.https ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/** Headers of one answer that depend on its path or on how the site is reached. */
export function pathSecurityHeaders(
  path: string,
  { https }: { https: boolean },
): Readonly<Record<string, string>> {
  const shared = path === "/r" || path.startsWith("/r/");
  return {
    "Referrer-Policy": shared ? "no-referrer" : "strict-origin-when-cross-origin",
    ...(https
      ? { "Strict-Transport-Security": `max-age=${ONE_YEAR_SECONDS}; includeSubDomains` }
      : {}),
    // A shared report is for those who have its link: no index, no cache on the way.
    ...(shared
      ? { "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "private, no-store" }
      : {}),
  };
}
