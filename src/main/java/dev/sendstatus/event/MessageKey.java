package dev.sendstatus.event;

/** The identity of a message: the provider and the id that it gave. The id is opaque and compared byte for byte. */
public record MessageKey(Provider provider, String id) implements Comparable<MessageKey> {

    public MessageKey {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a message id is not empty");
        }
        id = PlainText.of(id);
    }

    @Override
    public int compareTo(MessageKey other) {
        int byProvider = provider.compareTo(other.provider);
        return byProvider != 0 ? byProvider : id.compareTo(other.id);
    }
}
