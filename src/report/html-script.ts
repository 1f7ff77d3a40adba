/** Sorts the tables of the page. It only moves rows: nothing of the data is ever read as code. */
export const SCRIPT = `
for (const header of document.querySelectorAll('th button')) {
  header.addEventListener('click', () => {
    const cell = header.parentElement, table = cell.closest('table'), body = table.tBodies[0];
    const up = cell.getAttribute('aria-sort') === 'descending';
    const at = cell.cellIndex, isNumber = cell.classList.contains('n');
    const value = (row) => row.cells[at].dataset.v ?? row.cells[at].textContent;
    const compare = (one, other) => isNumber ? Number(value(one)) - Number(value(other)) : value(one).localeCompare(value(other));
    const rows = [...body.rows].sort((one, other) => up ? compare(one, other) : compare(other, one));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    cell.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    body.append(...rows);
  });
}
`;
