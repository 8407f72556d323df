package dev.sendstatus.store.codec;

import dev.sendstatus.event.AccountName;
import java.util.ArrayList;
import java.util.List;

/** A dictionary with room for so many labels, and one account. */
final class Words implements Dictionary {
    private final int room;
    private final List<String> words = new ArrayList<>();

    Words(int room) {
        this.room = room;
    }

    @Override
    public int number(String word) {
        if (!words.contains(word)) {
            words.add(word);
        }
        return words.indexOf(word) + 1;
    }

    @Override
    public int numberOfLabel(String label) {
        return words.size() < room ? number(label) : 0;
    }

    @Override
    public String word(int number) {
        return words.get(number - 1);
    }

    @Override
    public int number(AccountName account) {
        return 1;
    }

    @Override
    public AccountName account(int number) {
        return HistoryCodecTest.ACCOUNT;
    }
}
