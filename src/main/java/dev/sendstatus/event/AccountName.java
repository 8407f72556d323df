package dev.sendstatus.event;

/** One configured account at a provider: {@code twilio/main}. Names are unique within their provider. */
public record AccountName(Provider provider, String name) implements Comparable<AccountName> {

    public AccountName {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an account's name is not empty");
        }
    }

    @Override
    public int compareTo(AccountName other) {
        int byProvider = provider.compareTo(other.provider);
        return byProvider != 0 ? byProvider : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return provider + "/" + name;
    }
}
