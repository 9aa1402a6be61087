import { CopyButton } from "../../kit/CopyButton";
import { Dialog } from "../../kit/Dialog";

/** Shows a secret this once. */
export function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
	return (
		<Dialog title="The signing secret" onClose={onClose}>
			<p class="text-muted mb-3 text-sm">
				Copy it now: it is not shown again. Your program checks with it that an event is ours.
			</p>
			<p class="bg-base-200 flex items-center gap-2 rounded-field p-3">
				<code class="min-w-0 flex-1 font-mono text-sm break-all">{secret}</code>
				<CopyButton text={secret} label="Copy the secret" />
			</p>
			<div class="mt-4 text-end">
				<button type="button" class="btn btn-primary" onClick={onClose}>
					I have kept it
				</button>
			</div>
		</Dialog>
	);
}
