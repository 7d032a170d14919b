import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.codes
import fazhi.kernel.ground.core.fields
import fazhi.kernel.ground.core.ids
import fazhi.kernel.ground.secrets.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("village", "村（居）民委员会"),
                            ("street", "乡镇（街道）"),
                            ("enterprise", "企业事业单位"),
                            ("industry", "行业性、专业性"),
                            ("commercial", "商事调解组织"),
                        ],
                        max_length=20,
                        verbose_name="类型",
                    ),
                ),
                ("head", models.CharField(blank=True, max_length=40, verbose_name="负责人")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="地址")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="对外电话")),
                ("licence", models.CharField(blank=True, max_length=80, verbose_name="批准（备案）文号")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "调解组织",
                "verbose_name_plural": "调解组织",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mediator",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("full_time", models.BooleanField(default=False, verbose_name="专职")),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("first", "一级"), ("second", "二级"), ("third", "三级"), ("fourth", "四级")],
                        max_length=10,
                        verbose_name="等级",
                    ),
                ),
                ("graded_on", models.DateField(blank=True, null=True, verbose_name="评定日期")),
                (
                    "phone",
                    fazhi.kernel.ground.secrets.fields.SecretField(
                        blank=True, editable=True, null=True, verbose_name="联系电话"
                    ),
                ),
                ("phone_hash", fazhi.kernel.ground.secrets.fields.SecretHash(of="phone")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登录账号",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.organisation",
                        verbose_name="所属调解组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "调解员",
                "verbose_name_plural": "调解员",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mediation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="编号")),
                ("title", models.CharField(blank=True, editable=False, max_length=200, verbose_name="名称")),
                ("state", models.CharField(editable=False, max_length=40, verbose_name="状态")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("waiting", "等待"),
                            ("decided", "已办结"),
                            ("closed", "已归档"),
                            ("void", "已作废"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="归档日期")),
                ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="到期日")),
                ("historical", models.BooleanField(default=False, editable=False, verbose_name="补录")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("open", "公开"), ("internal", "内部"), ("work_secret", "工作秘密")],
                        default="internal",
                        max_length=20,
                        verbose_name="密级",
                    ),
                ),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                ("summary", models.TextField(verbose_name="纠纷简要情况")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="受理日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("succeeded", "调解成功"),
                            ("failed", "调解不成"),
                            ("withdrawn", "当事人撤回"),
                            ("declined", "不予受理"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="调解结果",
                    ),
                ),
                (
                    "amount",
                    fazhi.kernel.ground.core.fields.MoneyField(blank=True, null=True, verbose_name="协议涉及金额"),
                ),
                ("agreement", models.TextField(blank=True, verbose_name="协议主要内容")),
                ("ended_for", models.CharField(blank=True, max_length=200, verbose_name="未成原因")),
                (
                    "performance",
                    models.CharField(
                        blank=True,
                        choices=[("performed", "已履行"), ("partly", "部分履行"), ("refused", "反悔或拒不履行")],
                        max_length=20,
                        verbose_name="履行情况",
                    ),
                ),
                ("performed_on", models.DateField(blank=True, null=True, verbose_name="履行（查明）日期")),
                ("confirmation_wanted", models.BooleanField(default=False, verbose_name="拟申请司法确认")),
                ("confirmation_applied_on", models.DateField(blank=True, null=True, verbose_name="申请司法确认日期")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="司法确认日期")),
                ("court", models.CharField(blank=True, max_length=80, verbose_name="确认法院")),
                ("kind", fazhi.kernel.ground.core.codes.CodeField(max_length=40, verbose_name="纠纷类型")),
                (
                    "source",
                    models.CharField(
                        choices=[("applied", "依申请"), ("own_initiative", "主动调解"), ("entrusted", "委托移送")],
                        default="applied",
                        max_length=20,
                        verbose_name="案件来源",
                    ),
                ),
                (
                    "sent_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("court", "人民法院"),
                            ("procuratorate", "人民检察院"),
                            ("police", "公安机关"),
                            ("petition", "信访部门"),
                            ("department", "其他部门"),
                            ("organisation", "其他调解组织"),
                        ],
                        max_length=20,
                        verbose_name="委托移送单位",
                    ),
                ),
                (
                    "court_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pre_docket", "立案前委派"),
                            ("ordinary", "立案后委托（普通程序）"),
                            ("simple", "立案后委托（简易程序）"),
                        ],
                        max_length=20,
                        verbose_name="法院委托阶段",
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[("simple", "简单"), ("general", "一般"), ("major", "重大")],
                        default="general",
                        max_length=10,
                        verbose_name="难易程度",
                    ),
                ),
                (
                    "agreement_form",
                    models.CharField(
                        blank=True,
                        choices=[("written", "书面协议"), ("oral", "口头协议")],
                        max_length=10,
                        verbose_name="协议形式",
                    ),
                ),
                ("persons", models.PositiveIntegerField(blank=True, null=True, verbose_name="涉及人数")),
                ("crime_prevented", models.BooleanField(default=False, verbose_name="防止转化为刑事案件")),
                ("petition_prevented", models.BooleanField(default=False, verbose_name="防止群体性上访")),
                ("visited_on", models.DateField(blank=True, null=True, verbose_name="回访日期")),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "mediator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.mediator",
                        verbose_name="主持调解员",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.organisation",
                        verbose_name="调解组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "人民调解案件",
                "verbose_name_plural": "人民调解案件",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CommercialMediation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="编号")),
                ("title", models.CharField(blank=True, editable=False, max_length=200, verbose_name="名称")),
                ("state", models.CharField(editable=False, max_length=40, verbose_name="状态")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("waiting", "等待"),
                            ("decided", "已办结"),
                            ("closed", "已归档"),
                            ("void", "已作废"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="归档日期")),
                ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="到期日")),
                ("historical", models.BooleanField(default=False, editable=False, verbose_name="补录")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("open", "公开"), ("internal", "内部"), ("work_secret", "工作秘密")],
                        default="internal",
                        max_length=20,
                        verbose_name="密级",
                    ),
                ),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                ("summary", models.TextField(verbose_name="纠纷简要情况")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="受理日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("succeeded", "调解成功"),
                            ("failed", "调解不成"),
                            ("withdrawn", "当事人撤回"),
                            ("declined", "不予受理"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="调解结果",
                    ),
                ),
                (
                    "amount",
                    fazhi.kernel.ground.core.fields.MoneyField(blank=True, null=True, verbose_name="协议涉及金额"),
                ),
                ("agreement", models.TextField(blank=True, verbose_name="协议主要内容")),
                ("ended_for", models.CharField(blank=True, max_length=200, verbose_name="未成原因")),
                (
                    "performance",
                    models.CharField(
                        blank=True,
                        choices=[("performed", "已履行"), ("partly", "部分履行"), ("refused", "反悔或拒不履行")],
                        max_length=20,
                        verbose_name="履行情况",
                    ),
                ),
                ("performed_on", models.DateField(blank=True, null=True, verbose_name="履行（查明）日期")),
                ("confirmation_wanted", models.BooleanField(default=False, verbose_name="拟申请司法确认")),
                ("confirmation_applied_on", models.DateField(blank=True, null=True, verbose_name="申请司法确认日期")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="司法确认日期")),
                ("court", models.CharField(blank=True, max_length=80, verbose_name="确认法院")),
                ("area", fazhi.kernel.ground.core.codes.CodeField(max_length=40, verbose_name="商事领域")),
                ("claim", fazhi.kernel.ground.core.fields.MoneyField(blank=True, null=True, verbose_name="争议标的额")),
                ("fee", fazhi.kernel.ground.core.fields.MoneyField(blank=True, null=True, verbose_name="收费金额")),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "mediator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.mediator",
                        verbose_name="主持调解员",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.organisation",
                        verbose_name="调解组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "商事调解案件",
                "verbose_name_plural": "商事调解案件",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                ("name", models.CharField(max_length=40, verbose_name="品牌名称")),
                ("speciality", models.CharField(blank=True, max_length=200, verbose_name="特色")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.organisation",
                        verbose_name="所属调解组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "调解品牌",
                "verbose_name_plural": "调解品牌",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="编号")),
                ("title", models.CharField(blank=True, editable=False, max_length=200, verbose_name="名称")),
                ("state", models.CharField(editable=False, max_length=40, verbose_name="状态")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("waiting", "等待"),
                            ("decided", "已办结"),
                            ("closed", "已归档"),
                            ("void", "已作废"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="归档日期")),
                ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="到期日")),
                ("historical", models.BooleanField(default=False, editable=False, verbose_name="补录")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("open", "公开"), ("internal", "内部"), ("work_secret", "工作秘密")],
                        default="internal",
                        max_length=20,
                        verbose_name="密级",
                    ),
                ),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                (
                    "sent_by",
                    models.CharField(
                        choices=[
                            ("court", "人民法院"),
                            ("procuratorate", "人民检察院"),
                            ("police", "公安机关"),
                            ("petition", "信访部门"),
                            ("department", "其他部门"),
                            ("organisation", "其他调解组织"),
                        ],
                        max_length=20,
                        verbose_name="移送单位类别",
                    ),
                ),
                ("sender", models.CharField(max_length=80, verbose_name="移送单位")),
                ("summary", models.TextField(verbose_name="纠纷简要情况")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="接收日期")),
                ("returned_for", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                ("result", models.TextField(blank=True, verbose_name="办理结果")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="反馈日期")),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.organisation",
                        verbose_name="接收调解组织",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="承办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "纠纷移送",
                "verbose_name_plural": "纠纷移送",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Appraisal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("on", models.DateField(verbose_name="日期")),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                (
                    "result",
                    models.CharField(
                        choices=[("excellent", "优秀"), ("qualified", "合格"), ("unqualified", "不合格")],
                        max_length=20,
                        verbose_name="考核结果",
                    ),
                ),
                ("reward", fazhi.kernel.ground.core.fields.MoneyField(blank=True, null=True, verbose_name="奖励金额")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "mediator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mediation.mediator",
                        verbose_name="调解员",
                    ),
                ),
            ],
            options={
                "verbose_name": "调解员考核",
                "verbose_name_plural": "调解员考核",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["jurisdiction", "on", "id"], name="mediation_a_jurisdi_54ae64_idx"),
                    models.Index(fields=["unit", "on"], name="mediation_a_unit_id_ca28b7_idx"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["jurisdiction", "valid_from", "id"], name="mediation_o_jurisdi_b0cec3_idx"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["unit", "valid_from"], name="mediation_o_unit_id_3afa45_idx"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="mediation_organisation_period",
                violation_error_message="截止日期不能早于起始日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None), ("void_reason", "")),
                fields=("jurisdiction", "name"),
                name="mediation_organisation_name",
            ),
        ),
        migrations.AddIndex(
            model_name="mediator",
            index=models.Index(fields=["jurisdiction", "valid_from", "id"], name="mediation_m_jurisdi_0ba2ae_idx"),
        ),
        migrations.AddIndex(
            model_name="mediator",
            index=models.Index(fields=["unit", "valid_from"], name="mediation_m_unit_id_01d008_idx"),
        ),
        migrations.AddConstraint(
            model_name="mediator",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="mediation_mediator_period",
                violation_error_message="截止日期不能早于起始日期",
            ),
        ),
        migrations.AddIndex(
            model_name="mediation",
            index=models.Index(fields=["jurisdiction", "opened_on", "id"], name="mediation_m_jurisdi_e953d5_idx"),
        ),
        migrations.AddIndex(
            model_name="mediation",
            index=models.Index(fields=["unit", "opened_on"], name="mediation_m_unit_id_0a2f4d_idx"),
        ),
        migrations.AddIndex(
            model_name="mediation",
            index=models.Index(fields=["jurisdiction", "accepted_on"], name="mediation_m_jurisdi_bf2aec_idx"),
        ),
        migrations.AddIndex(
            model_name="mediation",
            index=models.Index(fields=["jurisdiction", "concluded_on"], name="mediation_m_jurisdi_864cf1_idx"),
        ),
        migrations.AddConstraint(
            model_name="mediation",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "number"), name="mediation_mediation_number"),
        ),
        migrations.AddConstraint(
            model_name="mediation",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                name="mediation_mediation_amount",
                violation_error_message="协议涉及金额不能为负",
            ),
        ),
        migrations.AddIndex(
            model_name="commercialmediation",
            index=models.Index(fields=["jurisdiction", "opened_on", "id"], name="mediation_c_jurisdi_9bc27f_idx"),
        ),
        migrations.AddIndex(
            model_name="commercialmediation",
            index=models.Index(fields=["unit", "opened_on"], name="mediation_c_unit_id_f369c3_idx"),
        ),
        migrations.AddIndex(
            model_name="commercialmediation",
            index=models.Index(fields=["jurisdiction", "accepted_on"], name="mediation_c_jurisdi_287794_idx"),
        ),
        migrations.AddIndex(
            model_name="commercialmediation",
            index=models.Index(fields=["jurisdiction", "concluded_on"], name="mediation_c_jurisdi_4e0417_idx"),
        ),
        migrations.AddConstraint(
            model_name="commercialmediation",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "number"), name="mediation_commercialmediation_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="commercialmediation",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                name="mediation_commercialmediation_amount",
                violation_error_message="协议涉及金额不能为负",
            ),
        ),
        migrations.AddIndex(
            model_name="brand",
            index=models.Index(fields=["jurisdiction", "valid_from", "id"], name="mediation_b_jurisdi_748714_idx"),
        ),
        migrations.AddIndex(
            model_name="brand",
            index=models.Index(fields=["unit", "valid_from"], name="mediation_b_unit_id_5e9379_idx"),
        ),
        migrations.AddConstraint(
            model_name="brand",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="mediation_brand_period",
                violation_error_message="截止日期不能早于起始日期",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["jurisdiction", "opened_on", "id"], name="mediation_r_jurisdi_0748c0_idx"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["unit", "opened_on"], name="mediation_r_unit_id_597c28_idx"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "number"), name="mediation_referral_number"),
        ),
    ]
