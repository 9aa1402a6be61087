import { ArrowLeft, Inbox } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Empty } from "../../kit/Empty";
import { open } from "./place";

/** The right part when nothing is open in it, or what was asked for is gone. */
export function Nothing({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<div class="bg-base-200/50 grid h-full place-items-center">
			<Empty
				icon={Inbox}
				title={title}
				actions={
					<button type="button" class="btn btn-quiet lg:hidden" onClick={() => open({}, "replace")}>
						<ArrowLeft size={15} aria-hidden /> Back to the inbox
					</button>
				}
			>
				{children}
			</Empty>
		</div>
	);
}
