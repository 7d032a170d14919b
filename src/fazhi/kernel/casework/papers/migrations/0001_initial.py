import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.ids
import fazhi.kernel.ground.secrets.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("matters", "0002_tally_trigger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Issued",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("paper", models.CharField(max_length=60, verbose_name="文书类别")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="文号")),
                ("template_version", models.PositiveSmallIntegerField(verbose_name="模板版本")),
                (
                    "content",
                    fazhi.kernel.ground.secrets.fields.SecretField(
                        blank=True, editable=True, null=True, verbose_name="内容"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("code", models.CharField(max_length=16, verbose_name="核验码")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("open", "公开"), ("internal", "内部"), ("work_secret", "工作秘密")],
                        default="internal",
                        max_length=20,
                        verbose_name="密级",
                    ),
                ),
                (
                    "openness",
                    models.CharField(
                        choices=[("active", "主动公开"), ("on_request", "依申请公开"), ("withheld", "不予公开")],
                        default="withheld",
                        max_length=20,
                        verbose_name="公开属性",
                    ),
                ),
                ("kept", models.BooleanField(default=False, verbose_name="存卷")),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("issued_at", models.DateTimeField(verbose_name="登记时间")),
                ("revoked_for", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
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
                    "matter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书",
                "verbose_name_plural": "文书",
            },
        ),
        migrations.CreateModel(
            name="Sealing",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner", models.CharField(max_length=80, verbose_name="印章")),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
                ("sealed_on", models.DateField(verbose_name="用印日期")),
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealings",
                        to="papers.issued",
                        verbose_name="文书",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="监印人",
                    ),
                ),
            ],
            options={
                "verbose_name": "用印",
                "verbose_name_plural": "用印",
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recipient", models.CharField(max_length=80, verbose_name="受送达人")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("post", "邮寄送达"),
                            ("electronic", "电子送达"),
                            ("entrusted", "委托送达"),
                            ("announced", "公告送达"),
                        ],
                        max_length=20,
                        verbose_name="送达方式",
                    ),
                ),
                ("posted_on", models.DateField(verbose_name="交寄（送出）日期")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="签收日期")),
                ("evidence", models.CharField(blank=True, max_length=200, verbose_name="送达凭证")),
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="papers.issued",
                        verbose_name="文书",
                    ),
                ),
                (
                    "served_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送达人",
                    ),
                ),
            ],
            options={
                "verbose_name": "送达",
                "verbose_name_plural": "送达",
            },
        ),
        migrations.AddIndex(
            model_name="issued",
            index=models.Index(fields=["matter", "id"], name="papers_of_matter"),
        ),
        migrations.AddConstraint(
            model_name="issued",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "number"), name="papers_number"),
        ),
        migrations.AddConstraint(
            model_name="issued",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "code"), name="papers_code"),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(fields=["paper", "id"], name="papers_services"),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_on", None), ("received_on__gte", models.F("posted_on")), _connector="OR"),
                name="papers_service_order",
                violation_error_message="签收日期不能早于交寄日期",
            ),
        ),
    ]
