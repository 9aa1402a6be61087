/** Brings the list of all operations to life: it is searched, and an address that names an operation leads on to it. */
function begin() {
	const field = document.querySelector<HTMLInputElement>("#search");
	const count = document.querySelector("#count");
	const nothing = document.querySelector<HTMLElement>("#nothing");
	if (!field || !count || !nothing) return;
	const areas = [...document.querySelectorAll<HTMLElement>("[data-area]")].map((area) => ({
		area,
		rows: [...area.querySelectorAll("li")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
	}));

	function search(wanted: string) {
		const words = wanted.toLowerCase().split(/\s+/);
		let found = 0;
		for (const { area, rows } of areas) {
			for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
			const shown = rows.filter(({ row }) => !row.hidden).length;
			area.hidden = shown === 0;
			found += shown;
		}
		return found;
	}
	field.addEventListener("input", () => {
		const wanted = field.value.trim();
		const found = search(wanted);
		nothing.hidden = found > 0;
		count.textContent = `${found === 1 ? "1 operation" : `${found} operations`}${wanted ? ` for “${wanted}”` : ""}`;
	});
	goOn();
	addEventListener("hashchange", goOn);
}

function goOn() {
	const named = document.getElementById(location.hash.slice(1))?.querySelector("a");
	if (named && location.hash) location.replace(named.href);
}

begin();
