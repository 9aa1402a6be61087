import { Bar } from "./Bar";

/** How much of a file has gone up. At the end the server still has to read it. */
export function UploadBar({ name, part }: { name: string; part: number }) {
	const sent = Math.round(part * 100);
	return (
		<div class="card px-4 py-3" role="status">
			<p class="mb-2 flex justify-between gap-3 text-sm">
				<span class="truncate font-medium">{name}</span>
				<span class="num text-muted flex-none">{sent < 100 ? `${sent}% sent` : "Checking…"}</span>
			</p>
			<Bar value={sent} label={`Uploading ${name}`} slim />
		</div>
	);
}
