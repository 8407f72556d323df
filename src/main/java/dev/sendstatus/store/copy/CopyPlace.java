package dev.sendstatus.store.copy;

/**
 * How far a copy has come. It is kept in the target, in the same transaction as the rows, so a copy that was killed goes on exactly there.
 *
 * @param since 0 in a first pass. In a later one, after the source had changed, what was copied before is there as it was when the source's
 *     next sequence was this
 * @param wholeAfter messages with a higher id were not copied by an earlier pass
 * @param upTo the source's next sequence when this pass began
 * @param messages the id of the last message that was copied, in the source
 * @param segments the first sequence of the last raw callbacks that were copied
 * @param done whether the pass came to its end
 */
public record CopyPlace(long since, long wholeAfter, long upTo, long messages, long segments, boolean done) {

    /** The beginning of a first pass. */
    public static CopyPlace first(long upTo) {
        return new CopyPlace(0, 0, upTo, 0, 0, false);
    }

    /** A pass over a source that has changed since this place. A later pass that was not finished is begun again. */
    public CopyPlace again(long nextSequence) {
        boolean known = done || since == 0;
        return new CopyPlace(known ? upTo : since, known ? messages : wholeAfter, nextSequence, 0, segments, false);
    }

    public CopyPlace afterMessage(long id) {
        return new CopyPlace(since, wholeAfter, upTo, id, segments, done);
    }

    public CopyPlace afterSegment(long firstSequence) {
        return new CopyPlace(since, wholeAfter, upTo, messages, firstSequence, done);
    }

    public CopyPlace finished() {
        return new CopyPlace(since, wholeAfter, upTo, messages, segments, true);
    }

    /** Whether this pass has to write that message. */
    public boolean wants(CopiedMessage message) {
        return message.id() > wholeAfter || message.lastSequence() >= since;
    }
}
