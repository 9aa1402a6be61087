import { Download } from "lucide-preact";
import { CopyButton } from "../../kit/CopyButton";
import { saveBlob } from "../../lib/download";

/** Codes that stand in for a lost telephone, once each. Shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
	function keep() {
		const text = `Recovery codes for Trunkline at ${location.host}. Each is good once.\n\n${codes.join("\n")}\n`;
		saveBlob(new Blob([text], { type: "text/plain" }), "trunkline-recovery-codes.txt");
	}
	return (
		<div class="flex flex-col gap-4">
			<p class="text-muted text-sm">
				Each of these signs you in once, when the app is not at hand. Keep them where your password is not; they are not
				shown again.
			</p>
			<ul class="bg-base-200 num grid grid-cols-2 gap-2 rounded-field p-4 text-center font-mono text-sm">
				{codes.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ul>
			<div class="flex flex-wrap items-center justify-end gap-2">
				<CopyButton text={codes.join("\n")} label="Copy all codes" />
				<button type="button" class="btn btn-quiet" onClick={keep}>
					<Download size={15} aria-hidden /> Download
				</button>
				<button type="button" class="btn btn-primary" onClick={onDone}>
					I have kept them
				</button>
			</div>
		</div>
	);
}
