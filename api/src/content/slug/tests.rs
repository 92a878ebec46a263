//! What becomes of titles.

use super::slug_of;

#[track_caller]
fn check(cases: &[(&str, &str, &str)]) {
    for (locale, title, slug) in cases {
        assert_eq!(slug_of(locale, title).as_deref(), Some(*slug), "{title}");
    }
}

#[test]
fn belarusian_is_romanised_as_in_passports() {
    check(&[
        (
            "be",
            "Магілёў, Гродна і Віцебск",
            "mahiliou-hrodna-i-vitsebsk",
        ),
        (
            "be",
            "Аб'езд у сорак шэсць кіламетраў",
            "abezd-u-sorak-shests-kilametrau",
        ),
        (
            "be",
            "Аб’явы: Уладзіслаў Шчэрба, Ёнуш Юхневіч",
            "abiavy-uladzislau-shcherba-ionush-iukhnevich",
        ),
        (
            "be",
            "«Дзясятая» — Жыткавічы, Цна й Эйсмант",
            "dziasiataia-zhytkavichy-tsna-i-eismant",
        ),
        ("be", "ЎЛАДА Ў НЯСВІЖЫ", "ulada-u-niasvizhy"),
        ("be", "за\u{301}мак у Нясві\u{301}жы", "zamak-u-niasvizhy"),
        (
            "be-tarask",
            "Сьнег у Менску й Горадні; ґанак",
            "sneh-u-mensku-i-horadni-ganak",
        ),
    ]);
}

#[test]
fn russian_is_romanised_as_in_passports() {
    check(&[
        (
            "ru",
            "Могилёв, Гродно и Витебск",
            "mogilev-grodno-i-vitebsk",
        ),
        (
            "ru",
            "Подъезд № 5: объявление о съёмке",
            "podieezd-no-5-obieiavlenie-o-sieemke",
        ),
        (
            "ru",
            "Щучин, Хойники, Цимковичи",
            "shchuchin-khoiniki-tsimkovichi",
        ),
        ("ru", "Эсьмоны, Юность, Ямно", "esmony-iunost-iamno"),
        (
            "ru",
            "Выборы и рынок: жребий брошен",
            "vybory-i-rynok-zhrebii-broshen",
        ),
    ]);
}

#[test]
fn other_cyrillic_goes_by_the_same_table() {
    check(&[
        (
            "uk",
            "Єдність, Їжа, Юрій, Яготин, Згурський",
            "yednist-yizha-yurii-yahotyn-zhurskyi",
        ),
        ("uk", "Моє ґанок Київ", "moie-ganok-kyiv"),
        (
            "bg",
            "Щастие във Велико Търново",
            "shtastie-viev-veliko-tiernovo",
        ),
        (
            "mk",
            "Ѓорче Петров, Ќафа, Џепчиште",
            "gjorche-petrov-kjafa-djepchishte",
        ),
        (
            "sr",
            "Београд, Ђердап, Ћуприја, Шабац",
            "beograd-derdap-cuprija-sabac",
        ),
        (
            "sr",
            "Љубљана и Њујорк: жена, хлеб, џез",
            "ljubljana-i-njujork-zena-hleb-dzez",
        ),
        ("kk", "Қала", "қala"),
    ]);
}

#[test]
fn latin_letters_lose_their_diacritics() {
    check(&[
        (
            "en",
            "Don't panic: it's only 100% café",
            "dont-panic-its-only-100-cafe",
        ),
        ("de", "Große Straße in Köln", "grosse-strasse-in-koln"),
        ("pl", "Łódź, Gdańsk i żółw", "lodz-gdansk-i-zolw"),
        (
            "lt",
            "Ąžuolas, Šiauliai ir Žemaitija",
            "azuolas-siauliai-ir-zemaitija",
        ),
        ("da", "Ærø og Østerbro på Å", "aero-og-osterbro-pa-a"),
        ("sr-Latn", "Đak, Čačak i Šabac", "dak-cacak-i-sabac"),
        (
            "is",
            "Þingvellir og Borgarfjörður",
            "thingvellir-og-borgarfjordur",
        ),
        ("tr", "IĞDIR, İzmir ve ışık", "igdir-izmir-ve-isik"),
        ("vi", "Đường đến Huế", "duong-den-hue"),
        ("en", "ＦＵＬＬ ﬁre ½", "full-fire-1-2"),
    ]);
}

#[test]
fn letters_of_other_scripts_stay_with_their_marks() {
    check(&[
        ("ar", "الثلج على الطريق، ٢٠٢١", "الثلج-على-الطريق-٢٠٢١"),
        ("he", "שלג \u{200f}בירושלים", "שלג-בירושלים"),
        ("hi", "हिन्दी समाचार", "हिन्दी-समाचार"),
        ("el", "Νέα της εβδομάδας", "νέα-της-εβδομάδας"),
        ("zh", "雪，路", "雪-路"),
        ("ka", "თოვლი გზაზე", "თოვლი-გზაზე"),
    ]);
}

#[test]
fn a_title_of_two_scripts_goes_letter_by_letter() {
    check(&[
        (
            "be",
            "Windows і С++ у XXI стагоддзі",
            "windows-i-s-u-xxi-stahoddzi",
        ),
        ("en", "The Минск effect", "the-minsk-effect"),
    ]);
}

#[test]
fn a_long_title_is_cut_at_a_word() {
    let words = "word ".repeat(40);
    let one = "слова".repeat(40);

    assert_eq!(slug_of("en", &words).unwrap(), ["word"; 16].join("-"));
    assert_eq!(slug_of("be", &one).unwrap().chars().count(), 80);
}

#[test]
fn a_title_without_letters_and_digits_has_no_slug() {
    for title in [
        "",
        " ",
        "—",
        "?!…",
        "😀 😀",
        "\u{200f}\u{200d}",
        "\u{301}",
        "ь",
        "'",
    ] {
        assert_eq!(slug_of("be", title), None, "{title:?}");
    }
}
