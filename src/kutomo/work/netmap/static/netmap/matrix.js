// The matrix as a grid: one tab stop, arrows move from cell to cell, Home and End within a row, with Ctrl over all.
const table = document.querySelector("[data-grid]");
const rows = table ? [...table.rows].map(row => [...row.cells]) : [];
if (rows.length > 1) {
  table.setAttribute("role", "grid");
  for (const row of rows) {
    row[0].parentElement.setAttribute("role", "row");
    for (const cell of row) {
      const head = cell.localName === "th";
      cell.setAttribute("role", head ? (cell.scope === "row" ? "rowheader" : "columnheader") : "gridcell");
      cell.tabIndex = -1;
    }
  }
  for (const link of table.querySelectorAll("a")) link.tabIndex = -1;
  const region = table.closest("[tabindex]");
  region?.removeAttribute("tabindex");
  const here = cell => [cell.parentElement.rowIndex, cell.cellIndex];
  rows[1][1].tabIndex = 0;
  const go = (row, column) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, row))]?.[Math.max(0, Math.min(rows[0].length - 1, column))];
    if (!next) return;
    for (const old of table.querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  table.addEventListener("keydown", event => {
    const cell = event.target.closest("td,th");
    if (!cell) return;
    const [row, column] = here(cell), all = event.ctrlKey;
    const moves = {
      ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column], ArrowUp: [row - 1, column],
      Home: [all ? 1 : row, 1], End: [all ? rows.length - 1 : row, rows[0].length - 1],
      PageDown: [row + 10, column], PageUp: [Math.max(1, row - 10), column],
    };
    if (moves[event.key]) { event.preventDefault(); go(...moves[event.key]); }
    else if (event.key === "Enter") cell.querySelector("a")?.click();
  });
  table.addEventListener("focusin", event => {
    const cell = event.target.closest("td,th");
    if (cell) { for (const old of table.querySelectorAll("[tabindex='0']")) old.tabIndex = -1; cell.tabIndex = 0; }
  });
}
