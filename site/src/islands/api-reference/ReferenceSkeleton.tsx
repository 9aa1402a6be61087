import { TextSkeleton } from "../../kit/Skeleton";

/** As high as the screen, so that what stands below does not move when the operations come. */
export function ReferenceSkeleton() {
	return (
		<div class="min-h-dvh">
			<TextSkeleton lines={8} label="Reading what the API says of itself" />
		</div>
	);
}
