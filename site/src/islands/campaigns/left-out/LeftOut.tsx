import { useSignal } from "@preact/signals";
import { UserMinus } from "lucide-preact";
import { later } from "../../../kit/later";

const LeftOutDialog = later(() => import("./LeftOutDialog").then((part) => part.LeftOutDialog));

/** The way to the numbers that this one campaign does not call. */
export function LeftOut({ campaignId }: { campaignId: string }) {
	const open = useSignal(false);
	return (
		<>
			<button type="button" class="btn btn-quiet btn-sm" onClick={() => (open.value = true)}>
				<UserMinus size={15} aria-hidden /> Leave numbers out
			</button>
			{open.value && <LeftOutDialog campaignId={campaignId} onClose={() => (open.value = false)} />}
		</>
	);
}
