/** One look for every menu that floats. */
export const MENU_CLASS =
  "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line bg-surface p-1 text-sm text-text shadow-float";

export const MENU_ITEM_CLASS =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 py-1 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-2 [&_svg]:size-4 [&_svg]:shrink-0";

export const MENU_LABEL_CLASS = "px-2 py-1 text-xs text-muted";
