package dev.sendstatus.outbound;

/**
 * One request.
 *
 * @param id the same each time that the same is sent
 * @param body JSON
 */
public record Push(String id, byte[] body) {

    /** Without the body, in which there are numbers of people. */
    @Override
    public String toString() {
        return "Push[" + id + "]";
    }
}
