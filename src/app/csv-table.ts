type CsvTable = { header: string[]; rows: (string | number | null)[][] };

/** A table of our own exports: a time, then numbers, under a header that may be quoted. */
export function csvTable(text: string): CsvTable {
  const [first = "", ...lines] = text.split("\r\n").filter((line) => line !== "");
  return {
    header: headerCells(first),
    rows: lines.map((line) => {
      const [time = "", ...values] = line.split(",");
      return [time, ...values.map((value) => (value === "" ? null : Number(value)))];
    }),
  };
}

function headerCells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
