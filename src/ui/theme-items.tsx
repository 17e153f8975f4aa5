"use client";

import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { writeCookie } from "./browser-cookie.ts";
import { MENU_ITEM_CLASS, MENU_LABEL_CLASS } from "./menu-class.ts";
import { parseTheme, THEME_COOKIE, type Theme } from "./theme.ts";

const CHOICES = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** The choice of theme, as items of a menu. */
export function ThemeItems(props: { theme: Theme | null }) {
  const [theme, setTheme] = useState<Theme | null>(props.theme);
  return (
    <DropdownMenu.RadioGroup
      value={theme ?? "system"}
      onValueChange={(value) => {
        const chosen = parseTheme(value);
        setTheme(chosen);
        applyTheme(chosen);
      }}
    >
      <DropdownMenu.Label className={MENU_LABEL_CLASS}>Theme</DropdownMenu.Label>
      {CHOICES.map(({ value, label }) => (
        <DropdownMenu.RadioItem
          key={value}
          value={value}
          className={MENU_ITEM_CLASS}
          onSelect={(event) => event.preventDefault()}
        >
          <span className="size-4">
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          {label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function applyTheme(theme: Theme | null): void {
  if (theme === null) document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
  writeCookie(THEME_COOKIE, theme);
}
