"""Reads from the wording of a multiple-choice question what is to be chosen.

Scenarios are full of negations (「機器は変更できない」); only the sentence that asks can turn the
choice around, and there only the word right before what is to be picked. Neither
「誤って消したものを戻す方法はどれか」 nor 「公開網を通らない方法はどれか」 asks for what is wrong.
"""

import re

from assistant.answering.multiple_choice.pasted_text import fold_aligned
from ingest.normalize import normalize

_SENTENCE_END = re.compile(r"(?<=[。?!])|(?<=\.[ \n])")
_CHOOSING = re.compile(
    r"どれ(?!だけ|くらい|ぐらい|ほど)|どちら|どっち|いずれ(?!に|も)|どの(?!よう|くらい|ぐらい|程度|順)|何番"
    r"|選(?:べ|び|んで(?:くだ|下さ|[。)]|$)|択(?:せよ|し(?:て(?:くだ|下さ)|な)|肢|[。)]|$))"
    r"|(?:次|以下|上記|下記)の?(?:うち|中から|[a-z0-9]から)|つ選|挙げ(?:よ|な)"
    r"|(?:正し|適切|適当|妥当|誤って|間違って)[いな]*(?:もの|の|記述|説明)は(?:[?]|$|何)"
    r"|(?:正解|答え)を?(?:教え|選)"
    r"|(?:^|[.?!:(,]\s?)(?:please )?(?:choose|select|pick)\b"
    r"|\b(?:choose|select|pick) (?:the |any )?(?:one|two|three|four|five|[1-5]|all|best|correct)\b"
    r"|\bwhich\b[^.?]{0,300}\?|\bwhich of\b"
    r"|\bwhat (?:is|are) the (?:best|most|correct|right)\b"
    r"|\b(?:best|correct|right) (?:answer|option|choice)s?\b|\ball that apply\b"
)

# What is to be picked, and the words on the way to the asking: 「ものを、次の A～D から 1 つ選べ」.
_THING = r"(?:こと|ところ|[^、。はがをでにと?!]){0,12}"
_ASKED = (
    r"(?:だけ|のみ)?(?:は|を|が)?"
    r"(?:[\s、,()a-z0-9~-]|次|以下|下記|上|この|選択肢|うち|中|なか|の|から|で|に){0,20}+"
    r"(?:どれ|どちら|いずれ|どの|何|選|挙|答|つ|すべて|全て|全部|[?]|。?$)"
)
_UNFIT = (
    r"(?:誤っている|誤った|誤りの?ある|誤りを含む|誤り|間違っている|間違った|間違いを含む|間違い"
    r"|不適切な|不適当な|不正確な|不要な|必要の?ない|避けるべき|してはいけない|してはならない"
    r"|(?:適切|適当|正確|妥当|べき|必要)で(?:は)?ない"
    r"|(?:正しく|適さ|適し(?:てい)?|ふさわしく|当てはまら|あてはまら|該当し(?:てい)?)ない"
    r"|含ま(?:れ|れてい)?ない)"
)
_UNABLE = (
    r"(?:(?:でき|使え|なら|要ら|(?:対応|サポート)(?:し|して|してい|されて|されてい))ない"
    # 「選べない」「書けない」「止められない」; 「料金をかけない方法」 is a requirement.
    r"|(?:[えけせてねべめれげぜでぺ]|[てで]い)ない"
    r"(?!(?:こと|ところ|[^、。はがをでにと?!]){0,8}(?:方法|手段|構成|設定|仕組み|対策|手順|やり方|案)))"
)
_WRONG_JAPANESE = re.compile(
    rf"(?:{_UNFIT}|{_UNABLE})(?!{_THING}(?:理由|原因|要因|問題|場合|対策|対処)){_THING}{_ASKED}"
    # 「通らない方法」 is a requirement, 「記録されないもの」 the odd one out.
    # 「有料版にしかないもの」 is there.
    rf"|(?:(?:(?<!し)か|[がさただなばまらわしれ])ない|なくて(?:も)?[よ良]い)"
    rf"(?:もの|こと|の|項目|記述|機能|サービス){_ASKED}"
    r"|(?:どれ|どちら|いずれ|どの[^、。?!]{0,15})が、?"
    rf"(?:{_UNFIT}|誤ってい|間違ってい|正しくありません)"
)
# Which of these make a statement wrong; the others name something that the notes deny of a thing
# (「記録されないもの」「不要なもの」).
_WRONG_STATEMENT = re.compile(
    r"誤|間違|不適切|不適当|不正確|避ける|してはいけない|してはならない|べきで(?:は)?ない"
    r"|(?:適切|適当|正確|妥当)で(?:は)?ない|正しく|適さ|適し|ふさわし|[当あ]てはま|該当"
    r"|\b(?:not |n't )?(?:true|correct|valid|accurate)\b"
    r"|\b(?:incorrect|false|wrong|invalid|untrue|except|least)\b"
)
_IS_NOT = r"(?:\b(?:is|are|does|do|can|could|should|would|will)(?: ?not|n't)\b|\bcan't\b)"
_WRONG_ENGLISH = re.compile(
    rf"\bwhich (?:\w+ ){{0,2}}of (?:the following|these|those|them)\b[^.?]{{0,80}}{_IS_NOT}"
    rf"|\bwhich (?:statement|option|answer|description|choice)s?\b[^.?]{{0,60}}{_IS_NOT}"
    r"|\bnot (?:true|correct|valid|accurate)\b"
    r"|\b(?:incorrect|false|wrong|invalid|untrue) (?:statement|answer|option|choice|one)s?\b"
    r"|\b(?:is|are) (?:the )?(?:incorrect|false|wrong|untrue|invalid)\b"
    r"|\b(?:all|each|any) of (?:the|these)\b[^.?]{0,120}\bexcept\b|\bexcept(?: for)?\W{0,5}$"
    r"|\bleast (?:likely|appropriate|suitable|accurate|correct|recommended|useful|relevant)\b"
)
_WRONG_IN_CAPITALS = re.compile(r"\b(?:NOT|EXCEPT)\b")

_NUMBERS = {
    **dict.fromkeys(("一", "one"), 1),
    **dict.fromkeys(("二", "ふた", "two"), 2),
    **dict.fromkeys(("三", "みっ", "three"), 3),
    **dict.fromkeys(("四", "よっ", "four"), 4),
    **dict.fromkeys(("五", "five"), 5),
}
_HOW_MANY = r"([1-5一二三四五]|ふた|みっ|よっ)\s?(?:つ|個|項目|肢)"
_MANY = "(one|two|three|four|five|[1-5])"
# 「2 つ選べ」, but not 「2 つ選択した構成」.
_PICK = r"(?:お?選(?:べ|び|んで|ぶ|択(?!し(?:た|て(?!くだ|下さ))))|答え(?!た)|挙げ(?!た)|回答)"
_WANTED = re.compile(
    rf"{_HOW_MANY}(?:を|だけ|、)?\s?{_PICK}|\(\s?{_HOW_MANY}\s?\)|(?:うち|中)から\s?{_HOW_MANY}"
    r"|\b(?:choose|select|pick|mark|name) "
    rf"(?:(?:the|any|only|exactly|best|correct) ){{0,3}}{_MANY}\b"
    rf"|\bwhich {_MANY}\b|\b{_MANY} (?:correct )?(?:answers|options|choices|responses)\b"
)
_ALL = re.compile(
    rf"(?:すべて|全て|全部|ぜんぶ)(?:を|、)?\s?{_PICK}|複数(?:選択|回答)"
    r"|(?:もの|選択肢|記述|説明)を?、?\s?(?:すべて|全て|全部)(?:は|[?。)]|$)"
    r"|\ball (?:that|which) apply\b|\b(?:choose|select|pick|mark) all\b"
    r"|\ball (?:the )?(?:correct|right) "
)


def asks_to_choose(text: str) -> bool:
    """Tell whether a text asks to choose from given options."""
    return _CHOOSING.search(normalize(text)) is not None


def asks_for_wrong(question: str) -> bool:
    """Tell whether a question asks for the options that do not hold."""
    request = _find_request(question)
    if _WRONG_IN_CAPITALS.search(request) and not request.isupper():
        return True
    text = normalize(request)
    return bool(_WRONG_JAPANESE.search(text) or _WRONG_ENGLISH.search(text))


def asks_for_denied(question: str) -> bool:
    """Tell whether a question for what does not hold asks what the notes deny of a thing.

    The answer to 「記録されないものはどれか」 is there in so many words, that to 「誤っているものは
    どれか」 is what the notes do not say.
    """
    request = normalize(_find_request(question))
    return asks_for_wrong(question) and _WRONG_STATEMENT.search(request) is None


def asks_for_wrong_statement(question: str) -> bool:
    """Tell whether a question asks for the options that are not true."""
    return asks_for_wrong(question) and not asks_for_denied(question)


def asks_for_all(question: str) -> bool:
    """Tell whether a question asks for every option that holds, however many there are."""
    text = normalize(question)
    return _WANTED.search(text) is None and _ALL.search(text) is not None


def count_wanted(question: str, options: int) -> int:
    """Return how many options a question asks for: one, unless it says another number."""
    found = _WANTED.search(normalize(question))
    if found is None:
        return 1
    number = next(group for group in found.groups() if group)
    return min(_NUMBERS.get(number) or int(number), max(options - 1, 1))


def _find_request(question: str) -> str:
    """Return the sentences that ask to choose, or the last one if none does."""
    sentences = [s for s in _SENTENCE_END.split(fold_aligned(question)) if s.strip()]
    asking = [sentence for sentence in sentences if asks_to_choose(sentence)]
    return " ".join(asking or sentences[-1:])
