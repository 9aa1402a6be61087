(() => {
	const dress = (root) => {
		const theme = localStorage.getItem("theme");
		if (theme === "day" || theme === "night") root.dataset.theme = theme;
		else delete root.dataset.theme;
		if (localStorage.getItem("density") === "compact") root.dataset.density = "compact";
		else delete root.dataset.density;
	};
	dress(document.documentElement);
	document.addEventListener("astro:before-swap", (event) => dress(event.newDocument.documentElement));
})();
