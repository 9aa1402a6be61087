const SPEAKER = /^(assistant|ai|bot|user|customer|caller|agent|system)\s*:\s*/i;
const OURS = /^(assistant|ai|bot|agent)$/i;

/** What was said, one paragraph a turn where the text names its speakers. */
export function Transcript({ text }: { text: string }) {
	const turns = text
		.split(/\n+/)
		.map((line) => line.trim())
		.filter(Boolean);
	return (
		<div class="grid max-w-[68ch] gap-2.5">
			{turns.map((line, at) => {
				const speaker = SPEAKER.exec(line)?.[1];
				if (!speaker) return <p key={at}>{line}</p>;
				return (
					<p key={at} class={OURS.test(speaker) ? "" : "border-primary border-s-2 ps-3"}>
						<strong class="text-muted block text-xs font-semibold">
							{OURS.test(speaker) ? "Assistant" : "Caller"}
						</strong>
						{line.replace(SPEAKER, "")}
					</p>
				);
			})}
		</div>
	);
}
