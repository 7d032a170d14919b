"""One invented paper of every layout, with every part the layout can carry. Names and figures mean nothing."""

from __future__ import annotations

import datetime

from fazhi.kernel.casework.papers.rendering import (
    Align,
    Attachment,
    Cell,
    Check,
    Document,
    Figure,
    Heading,
    Imprint,
    Labelled,
    Layout,
    List,
    Openness,
    Paragraph,
    Row,
    Seal,
    Secrecy,
    Signature,
    SignatureLine,
    Table,
    Text,
)

AT = datetime.datetime(2026, 3, 5, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
DAY = datetime.date(2026, 3, 5)
SENTENCE = "区司法局会同各街道办事处梳理矛盾纠纷排查化解台账，逐件核对受理时间、调解结果与履行情况，确保数据真实可查。"


def received() -> Figure:
    return Figure(
        "3314件",
        measure="mediation.cases",
        anchor="f_cases",
        tooltip="全年受理的人民调解案件数",
        link="/figures/2022/1",
    )


def statistics(rows: int = 6) -> Table:
    return Table(
        widths=(1, 4, 2, 2),
        header=(
            Row((Cell.of("序号", rows=2), Cell.of("调解组织", rows=2), Cell.of("案件", columns=2))),
            Row((Cell.of("受理"), Cell.of("调解成功"))),
        ),
        rows=tuple(
            Row((Cell.of(str(n)), Cell.of(f"第{n}街道人民调解委员会"), Cell.of(str(n * 37)), Cell.of(str(n * 36))))
            for n in range(1, rows + 1)
        ),
        aligns=(Align.CENTER, Align.LEFT, Align.RIGHT, Align.RIGHT),
        caption="各街道人民调解案件统计表",
        unit="单位：件",
        notes=("注：数据截至12月31日。",),
    )


def redhead() -> Document:
    return Document(
        layout=Layout.REDHEAD,
        organ="示范新区管理委员会",
        number="示新管发〔2026〕12号",
        title=("示范新区管理委员会", "关于加强人民调解工作的通知"),
        copy_number="000012",
        secrecy=Secrecy.INTERNAL,
        urgency="加急",
        addressees="各街道办事处，新区各部门，各直属单位",
        blocks=(
            Paragraph.of("2022年全区受理案件", received(), "，", SENTENCE * 3),
            Heading(1, "总体要求"),
            Paragraph.of(SENTENCE * 4),
            Heading(2, "指导思想"),
            Paragraph.of(SENTENCE * 3),
            Heading(3, "工作目标"),
            Paragraph.of(SENTENCE),
            Heading(4, "具体指标"),
            Paragraph.of(Text("一是", strong=True), SENTENCE),
            Heading(2, "基本原则"),
            Heading(1, "工作任务"),
            List.of("健全组织网络；", "规范登记程序；", "落实回访制度。", ordered=True),
            Paragraph.of("请认真贯彻执行。"),
        ),
        dated=DAY,
        signature=Signature(("示范新区管理委员会",), Seal("示范新区管理委员会")),
        note="联系人：调解科，电话：000-00000000",
        attachments=(
            Attachment("各街道人民调解案件统计表", (statistics(40),)),
            Attachment("人民调解协议书参考文本及填写说明和若干注意事项汇编（试行）"),
        ),
        imprint=Imprint(
            ("区委办公室", "区人大常委会办公室", "区监察委员会", "区人民法院", "区人民检察院"),
            "示范新区党政办公室",
            DAY,
        ),
        openness=Openness.ACTIVE,
    )


def letter() -> Document:
    return Document(
        layout=Layout.LETTER,
        organ="示范新区司法局",
        number="示司函〔2026〕8号",
        title=("示范新区司法局", "关于征求规范性文件意见的函"),
        addressees="区发展改革局",
        blocks=(Paragraph.of(SENTENCE * 12), Paragraph.of("特此函达，请予支持。")),
        dated=DAY,
        signature=Signature(("示范新区司法局",)),
        imprint=Imprint(("区政府办公室",)),
    )


def instrument() -> Document:
    return Document(
        layout=Layout.INSTRUMENT,
        organ="示范新区人民政府",
        number="示复决〔2026〕3号",
        title=("行政复议决定书",),
        blocks=(
            Labelled.of("申请人", "李䶮，女，住示范新区某街道"),
            Labelled.of("被申请人", "示范新区某局，住所地示范新区某路1号，法定代表人王㛃，局长"),
            Paragraph.of(SENTENCE * 8),
        ),
        dated=DAY,
        signature=Signature(("示范新区人民政府",), Seal("示范新区人民政府")),
        check=Check("https://papers.example/c/7F3K-92QD", "7F3K-92QD"),
    )


def minutes() -> Document:
    return Document(
        layout=Layout.MINUTES,
        organ="示范新区全面依法治区委员会办公室",
        mark="示范新区司法局局长办公会议纪要",
        number="第12期",
        title=("研究行政执法监督工作",),
        blocks=(
            Paragraph.of(SENTENCE * 3),
            Labelled.of(
                "出席", "甲一、乙二、丙三、丁四、戊五、己六、庚七、辛八、壬九、癸十，法制科甲、执法监督科乙、复议科丙"
            ),
            Labelled.of("请假", "子某"),
            Labelled.of("列席", "丑某、寅某"),
        ),
        dated=DAY,
        imprint=Imprint(("局领导", "各科室"), "示范新区司法局办公室", DAY),
    )


def form() -> Document:
    def opinion(label: str) -> Row:
        return Row(
            (Cell.of(label, label=True), Cell.of("\n\n签名：　　　　　　年　月　日", columns=3, align=Align.RIGHT)),
            height=34,
        )

    return Document(
        layout=Layout.FORM,
        organ="示范新区司法局",
        number="示复受〔2026〕12号",
        title=("行政复议案件审批表",),
        blocks=(
            Table(
                widths=(2, 4, 2, 4),
                header=(),
                rows=(
                    Row(
                        (
                            Cell.of("申请人", label=True),
                            Cell.of("李䶮"),
                            Cell.of("案号", label=True),
                            Cell.of("〔2026〕12号"),
                        ),
                        12,
                    ),
                    Row((Cell.of("审批事项", label=True), Cell.of("受理", columns=3, align=Align.LEFT)), 12),
                    Row((Cell.of("事实和理由", label=True), Cell.of(SENTENCE * 3, columns=3, align=Align.LEFT)), 50),
                    opinion("承办人意见"),
                    opinion("科室负责人意见"),
                    opinion("分管负责人意见"),
                ),
            ),
        ),
    )


def record() -> Document:
    asked = tuple(
        Paragraph.of(text)
        for n in range(14)
        for text in (f"问：第{n + 1}个问题，请你说明当时的情况。", "答：" + SENTENCE)
    )
    return Document(
        layout=Layout.RECORD,
        organ="示范新区司法局",
        title=("调查询问笔录",),
        blocks=(
            Labelled.of("时间", "2026年3月5日9时30分至10时20分"),
            Labelled.of("地点", "示范新区司法局第二会议室"),
            *asked,
            Paragraph.of("以上笔录我看过，与我说的相符。"),
            SignatureLine("被询问人", on=DAY),
            SignatureLine("询问人", "甲一"),
        ),
        page_signers=("被询问人", "记录人"),
    )


def ledger(rows: int = 60) -> Document:
    columns = ("序号", "登记日期", "案由", "申请人", "被申请人", "承办单位", "办理状态", "到期日", "备注")
    return Document(
        layout=Layout.LEDGER,
        organ="示范新区司法局",
        title=("行政复议案件台账",),
        blocks=(
            Table.of(
                columns,
                (
                    (
                        str(n),
                        "2026-03-05",
                        "不服行政处罚决定",
                        "申请人甲",
                        "某街道办事处",
                        "行政复议科",
                        "审理中",
                        "2026-05-04",
                        "",
                    )
                    for n in range(1, rows + 1)
                ),
                widths=(1, 2.2, 3, 2, 2.6, 2.2, 1.8, 2.2, 1.6),
                unit="填报单位：示范新区司法局　单位：件",
                notes=("注：到期日按工作日计算。",),
            ),
        ),
    )


def certificate() -> Document:
    return Document(
        layout=Layout.CERTIFICATE,
        organ="示范新区司法局",
        number="示调聘〔2026〕5号",
        title=("聘　书",),
        blocks=(
            Paragraph.of("李䶮同志：", indent=False),
            Paragraph.of("兹聘请你为示范新区专职人民调解员，聘期三年，自2026年3月5日至2029年3月4日。"),
        ),
        dated=DAY,
        signature=Signature(("示范新区司法局",), Seal("示范新区司法局")),
        check=Check("https://papers.example/c/7F3K-92QD", "7F3K-92QD"),
    )


def report(paragraphs: int = 6) -> Document:
    return Document(
        layout=Layout.REPORT,
        organ="示范新区管理委员会",
        title=("示范新区2022年法治政府建设年度报告",),
        dated=DAY,
        blocks=(
            Heading(1, "推进法治政府建设主要举措和成效"),
            Heading(2, "化解矛盾纠纷"),
            Paragraph.of("全年受理案件", received(), "，" + SENTENCE * 2),
            *(Paragraph.of(SENTENCE * 3) for _ in range(paragraphs)),
            Heading(1, "有关数据"),
            statistics(),
            Heading(1, "下一年度工作安排"),
            Paragraph.of(SENTENCE * 4),
        ),
        openness=Openness.ACTIVE,
    )


EVERY_LAYOUT = (redhead, letter, instrument, minutes, form, record, ledger, certificate, report)
