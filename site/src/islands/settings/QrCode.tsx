import { qrOf } from "./qr";

const QUIET = 4;

/** A text to scan: dark on light in every theme, because cameras expect that. */
export function QrCode({ text, label }: { text: string; label: string }) {
	const rows = qrOf(text);
	const size = rows.length + 2 * QUIET;
	const path = rows
		.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
		.join("");
	return (
		<svg
			role="img"
			aria-label={label}
			viewBox={`0 0 ${size} ${size}`}
			shape-rendering="crispEdges"
			class="w-60 rounded-field"
		>
			<rect width={size} height={size} fill="#fff" />
			<path d={path} fill="#000" />
		</svg>
	);
}
