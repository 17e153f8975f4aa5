import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

test("a path of the app is kept with its view state", () => {
  expect(localPath("/discover/scans/1?tab=map")).toBe("/discover/scans/1?tab=map");
});

test.each([
  { name: "nothing", requested: undefined },
  { name: "a list", requested: ["/home", "/jobs"] },
  { name: "another site", requested: "https://elsewhere.example/" },
  { name: "another host without a scheme", requested: "//elsewhere.example" },
  { name: "another host behind a backslash", requested: "/\\elsewhere.example" },
  { name: "another host behind a tab", requested: "/\t/elsewhere.example" },
  { name: "another host behind a dot", requested: "/.//elsewhere.example" },
  { name: "a script", requested: "javascript:alert(1)" },
])("what does not lead into the app leads home: $name", ({ requested }) => {
  expect(localPath(requested)).toBe("/home");
});
