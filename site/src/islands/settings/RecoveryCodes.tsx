import { CopyButton } from "../../kit/CopyButton";

/** Codes that stand in for a lost telephone, once each. Shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
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
			<div class="flex items-center justify-end gap-2">
				<CopyButton text={codes.join("\n")} label="Copy all codes" />
				<button type="button" class="btn btn-primary" onClick={onDone}>
					I have kept them
				</button>
			</div>
		</div>
	);
}
