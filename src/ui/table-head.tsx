"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { DataColumn, TableSort } from "./data-table-column.ts";
import { isRightAligned } from "./table-features.ts";
import type { HeadSelection } from "./table-selection.ts";

const CELL = "sticky top-0 border-b border-line bg-surface-2 font-medium text-muted";

export function TableHead<Row>(props: {
  columns: readonly DataColumn<Row>[];
  sort: TableSort | null;
  onSort: (id: string) => void;
  selection: HeadSelection | undefined;
}) {
  const { columns, sort, onSort, selection } = props;
  return (
    <thead>
      <tr>
        {selection === undefined ? null : (
          <th scope="col" className={`${CELL} z-20 w-9 pl-3`}>
            <input
              type="checkbox"
              aria-label={selection.label}
              className="size-4 align-middle accent-accent"
              checked={selection.all}
              ref={(input) => {
                // There is no attribute for "some": the element must be told.
                if (input !== null) input.indeterminate = selection.some && !selection.all;
              }}
              onChange={(event) => selection.onToggle(event.target.checked)}
            />
          </th>
        )}
        {columns.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            sort={sort?.id === column.id ? sort : null}
            onSort={() => onSort(column.id)}
            isFirst={index === 0 && selection === undefined}
          />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell<Row>(props: {
  column: DataColumn<Row>;
  sort: TableSort | null;
  onSort: () => void;
  isFirst: boolean;
}) {
  const { column, sort, onSort, isFirst } = props;
  const isRight = isRightAligned(column);
  const label = (
    <span>
      {column.header}
      {column.unit === undefined ? null : (
        <span className="ml-1 font-normal text-muted">{column.unit}</span>
      )}
    </span>
  );
  return (
    <th
      scope="col"
      aria-sort={sort === null ? undefined : sort.desc ? "descending" : "ascending"}
      style={column.width === undefined ? undefined : { minWidth: column.width }}
      className={`${CELL} ${isFirst ? "left-0 z-20" : "z-10"} ${isRight ? "text-right" : "text-left"}`}
    >
      {column.sortable === false ? (
        <span title={column.help} className="flex px-3 py-2 whitespace-nowrap">
          {label}
        </span>
      ) : (
        <button
          type="button"
          title={column.help}
          onClick={onSort}
          className={`flex w-full items-center gap-1 px-3 py-2 whitespace-nowrap -outline-offset-2 hover:text-text ${isRight ? "flex-row-reverse" : ""}`}
        >
          {label}
          <SortArrow sort={sort} />
        </button>
      )}
    </th>
  );
}

function SortArrow(props: { sort: TableSort | null }) {
  const { sort } = props;
  const Arrow = sort?.desc === true ? ArrowDown : ArrowUp;
  // Always there, so that a click moves nothing.
  return <Arrow aria-hidden className={`size-3.5 ${sort === null ? "opacity-0" : "text-text"}`} />;
}
